/** Times as people say them. */

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

/** "now", "5 min. ago", "yesterday", "3 Mar", "3 Mar 2024". */
export function timeAgo(date, now = new Date()) {
  // A clock that is a little behind the server's would put what has just come into the future.
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

/** The moment in full, in the reader's own language and zone. */
export function moment(date) {
  return full.format(date);
}
