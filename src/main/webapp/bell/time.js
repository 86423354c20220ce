/** Formats times for people. */

const STEPS = [
  [60, 'second', 1],
  [3600, 'minute', 60],
  [86_400, 'hour', 3600],
  [604_800, 'day', 86_400],
];

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** Returns "now", "5 min. ago", "yesterday", "3 Mar" or "3 Mar 2024". */
export function timeAgo(date, now = new Date()) {
  // If the local clock is behind the server's, a new notification seems to come from the future.
  const seconds = Math.max(0, (now - date) / 1000);
  if (seconds < 45) {
    return 'now';
  }
  for (const [below, unit, size] of STEPS) {
    if (seconds < below) {
      return words.format(-Math.max(1, Math.floor(seconds / size)), unit);
    }
  }
  return (date.getFullYear() === now.getFullYear() ? day : dayAndYear).format(date);
}

/** Returns the full date and time in the reader's own language and time zone. */
export function moment(date) {
  return full.format(date);
}
