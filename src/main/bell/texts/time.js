const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A notification is new for so long. */
const NOW = 45 * SECOND;
/** A night does not turn what happened an hour ago into "yesterday". */
const HOURS_ACROSS_MIDNIGHT = 6 * HOUR;
const WEEK_DAYS = 7;

const FORMATS = {
  year: { year: 'numeric' },
  weekday: { weekday: 'long' },
  date: { day: 'numeric', month: 'short' },
  dateOfYear: { day: 'numeric', month: 'short', year: 'numeric' },
  heading: { weekday: 'long', day: 'numeric', month: 'long' },
  headingOfYear: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  moment: { dateStyle: 'full', timeStyle: 'medium' },
};

/**
 * Writes times for people: in one language, and in the time zone of the browser.
 *
 * "Today" and "yesterday" are days of the calendar. A date in the future counts as now, because the clock of this
 * device may be behind the server's.
 */
export class Times {
  #tag;
  #relative;
  #formats = new Map();

  /** @param {string} tag a valid BCP 47 tag */
  constructor(tag) {
    this.#tag = tag;
  }

  /** Returns "now", "5 min. ago", "3 hr. ago", "yesterday", "Monday", "3 Mar" or "3 Mar 2024". */
  ago(date, now = new Date()) {
    const age = now - date;
    const days = calendarDays(date, now);
    if (age < NOW) {
      return this.#ago(0, 'second');
    }
    if (age < HOUR) {
      return this.#ago(Math.max(1, Math.floor(age / MINUTE)), 'minute');
    }
    if (days <= 0 || age < HOURS_ACROSS_MIDNIGHT) {
      return this.#ago(Math.floor(age / HOUR), 'hour');
    }
    if (days === 1) {
      return this.#ago(1, 'day');
    }
    if (days < WEEK_DAYS) {
      return this.#format('weekday', date);
    }
    return this.#format(this.#sameYear(date, now) ? 'date' : 'dateOfYear', date);
  }

  /** Returns the full date and time. */
  moment(date) {
    return this.#format('moment', date);
  }

  /** Returns the heading of a day: "Today", "Yesterday", "Sunday, 3 March" or "Sunday, 3 March 2024". */
  day(date, now = new Date()) {
    const days = Math.max(0, calendarDays(date, now));
    if (days <= 1) {
      return this.#capitalized(this.#ago(days, 'day'));
    }
    return this.#capitalized(this.#format(this.#sameYear(date, now) ? 'heading' : 'headingOfYear', date));
  }

  #ago(count, unit) {
    this.#relative ??= new Intl.RelativeTimeFormat(this.#tag, { numeric: 'auto', style: 'short' });
    return this.#relative.format(-count, unit);
  }

  #format(name, date) {
    if (!this.#formats.has(name)) {
      this.#formats.set(name, new Intl.DateTimeFormat(this.#tag, FORMATS[name]));
    }
    return this.#formats.get(name).format(date);
  }

  /** In the reader's calendar, which need not be the Gregorian one. */
  #sameYear(date, now) {
    return this.#format('year', date) === this.#format('year', now);
  }

  #capitalized(text) {
    const [first] = text;
    return first.toLocaleUpperCase(this.#tag) + text.slice(first.length);
  }
}

/** Returns how many midnights lie between two moments. Not by hours: a day may have 23 or 25 of them. */
function calendarDays(date, now) {
  return Math.round((dayNumber(now) - dayNumber(date)) / DAY);
}

function dayNumber(date) {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}
