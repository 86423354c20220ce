import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { LANGUAGES } from '../../main/bell/texts/texts.js';
import { Times } from '../../main/bell/texts/time.js';

afterEach(() => zone('UTC'));

function zone(name) {
  process.env.TZ = name;
}

/** Both in UTC, as the server writes them. */
function ago(date, now, tag = 'en-GB') {
  return new Times(tag).ago(new Date(date), new Date(now));
}

function day(date, now, tag = 'en-GB') {
  return new Times(tag).day(new Date(date), new Date(now));
}

test('the age of a notification within a day is in minutes and hours', () => {
  const now = '2026-03-10T18:00:00Z';
  assert.equal(ago('2026-03-10T17:59:15.001Z', now), 'now');
  assert.equal(ago('2026-03-10T17:59:15Z', now), '1 min ago');
  assert.equal(ago('2026-03-10T17:55:00Z', now), '5 min ago');
  assert.equal(ago('2026-03-10T17:00:00.001Z', now), '59 min ago');
  assert.equal(ago('2026-03-10T17:00:00Z', now), '1 hr ago');
  assert.equal(ago('2026-03-10T00:00:00Z', now), '18 hr ago');
});

test('a notification from the future is new, because clocks differ', () => {
  assert.equal(ago('2026-03-10T18:00:05Z', '2026-03-10T18:00:00Z'), 'now');
  assert.equal(ago('2027-03-10T18:00:00Z', '2026-03-10T18:00:00Z'), 'now');
  assert.equal(day('2026-03-11T00:00:05Z', '2026-03-10T23:59:50Z'), 'Today');
});

test('yesterday is the day before of the calendar', () => {
  assert.equal(ago('2026-03-09T23:59:00Z', '2026-03-10T00:01:00Z'), '2 min ago');
  assert.equal(ago('2026-03-09T23:59:00Z', '2026-03-10T05:58:59Z'), '5 hr ago');
  assert.equal(ago('2026-03-09T23:59:00Z', '2026-03-10T05:59:00Z'), 'yesterday');
  assert.equal(ago('2026-03-09T00:00:00Z', '2026-03-10T23:59:59Z'), 'yesterday');
  assert.equal(ago('2026-03-08T23:59:59Z', '2026-03-10T00:00:00Z'), 'Sunday');

  assert.equal(day('2026-03-09T23:59:59Z', '2026-03-10T00:00:00Z'), 'Yesterday');
  assert.equal(day('2026-03-10T00:00:00Z', '2026-03-10T23:59:59Z'), 'Today');
});

test('older notifications have a weekday, then a date, and the year if it is another', () => {
  const now = '2026-03-10T12:00:00Z';
  assert.equal(ago('2026-03-04T00:00:00Z', now), 'Wednesday');
  assert.equal(ago('2026-03-03T23:59:59Z', now), '3 Mar');
  assert.equal(ago('2025-12-31T23:59:59Z', now), '31 Dec 2025');
  assert.equal(day('2026-03-03T12:00:00Z', now), 'Tuesday 3 March');
  assert.equal(day('2024-03-03T12:00:00Z', now), 'Sunday, 3 March 2024');
});

test('the day of a notification depends on the zone of the reader', () => {
  const [date, now] = ['2026-03-10T10:30:00Z', '2026-03-10T20:00:00Z'];
  zone('Pacific/Auckland'); // 23:30 on the 10th, read at 09:00 on the 11th
  assert.equal(ago(date, now), 'yesterday');
  assert.equal(day(date, now), 'Yesterday');
  zone('America/Los_Angeles'); // 03:30, read at 13:00
  assert.equal(ago(date, now), '9 hr ago');
  assert.equal(day(date, now), 'Today');
});

test('days with 23 and 25 hours are days', () => {
  zone('Europe/Berlin');
  // 29 March 2026 ends 23 hours after it began: from 23:30 on the 28th to 00:30 on the 30th are 24 hours.
  assert.equal(day('2026-03-28T22:30:00Z', '2026-03-29T22:30:00Z'), 'Saturday 28 March');
  assert.equal(ago('2026-03-28T22:30:00Z', '2026-03-29T22:30:00Z'), 'Saturday');
  assert.equal(day('2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z'), 'Today');
  assert.equal(day('2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'), 'Yesterday');
  // 25 October 2026 has 25 hours: from 00:10 to 23:50 are 24 hours and 40 minutes.
  assert.equal(day('2026-10-24T22:10:00Z', '2026-10-25T22:50:00Z'), 'Today');
  assert.equal(ago('2026-10-24T22:10:00Z', '2026-10-25T22:50:00Z'), '24 hr ago');
  assert.equal(day('2026-10-24T21:59:00Z', '2026-10-25T22:59:00Z'), 'Yesterday');
});

test('every language has its own words and begins a heading with a capital letter', () => {
  const now = '2026-03-10T12:00:00Z';
  const headings = (tag) => [now, '2026-03-09T12:00:00Z', '2026-03-03T12:00:00Z'].map((date) => day(date, now, tag));
  assert.deepEqual(headings('fr'), ['Aujourd’hui', 'Hier', 'Mardi 3 mars']);
  assert.deepEqual(headings('ru'), ['Сегодня', 'Вчера', 'Вторник, 3 марта']);
  assert.deepEqual(headings('tr'), ['Bugün', 'Dün', '3 Mart Salı']);
  assert.deepEqual(headings('ja'), ['今日', '昨日', '3月3日火曜日']);
  assert.deepEqual(headings('ar'), ['اليوم', 'أمس', 'الثلاثاء، 3 مارس']);
  for (const tag of LANGUAGES) {
    for (const heading of headings(tag)) {
      assert.equal([...heading][0], [...heading][0].toLocaleUpperCase(tag), heading);
    }
  }
  const words = (date) => new Set(LANGUAGES.map((tag) => ago(date, now, tag)));
  assert.ok(words('2026-03-10T11:55:00Z').size > LANGUAGES.length - 3, 'only Spanish and Dutch may look like others');
});

test('the year is that of the calendar of the reader', () => {
  // The year 1405 began on 21 March 2026.
  assert.match(ago('2026-03-10T12:00:00Z', '2026-04-10T12:00:00Z', 'fa'), /۱۴۰۴/);
  assert.doesNotMatch(ago('2025-12-10T12:00:00Z', '2026-03-10T12:00:00Z', 'fa'), /۱۴۰۴/);
});

test('a moment has its date and its time in the zone of the reader', () => {
  zone('Europe/Berlin');
  const said = new Times('de').moment(new Date('2026-03-10T17:05:00Z'));
  assert.match(said, /Dienstag, 10\. März 2026/);
  assert.match(said, /18:05:00/);
});

test('a long list makes one formatter of each kind', () => {
  const made = [];
  const original = Intl.DateTimeFormat;
  Intl.DateTimeFormat = function (...values) {
    made.push(values);
    return new original(...values);
  };
  try {
    const times = new Times('en');
    assert.equal(made.length, 0);
    for (let days = 0; days < 1000; days++) {
      times.day(new Date(Date.UTC(2026, 2, 10 - days)), new Date(Date.UTC(2026, 2, 10)));
    }
    assert.equal(made.length, 3);
  } finally {
    Intl.DateTimeFormat = original;
  }
});
