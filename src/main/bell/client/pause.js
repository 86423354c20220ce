/**
 * Returns the pause before attempt number `attempt`, counted from 0, in milliseconds.
 *
 * The pause grows, and half of it is random: the clients of a restarted server do not all return in the same instant.
 */
export function pauseBefore(attempt) {
  const pause = Math.min(30_000, 500 * 2 ** attempt);
  return pause * (0.5 + Math.random() / 2);
}
