/**
 * Decides what an open list shows of what arrives: while a person reads, the rows below the pointer must not move.
 *
 * New notifications are held back while the pointer or the focus is in the list, or the list is scrolled down.
 */
export class Arrivals {
  #shown = null;
  #held = new Set();

  /** How many are held back. */
  get count() {
    return this.#held.size;
  }

  /** Shows everything with the next {@link Arrivals#filter}. */
  release() {
    this.#shown = null;
    this.#held.clear();
  }

  /**
   * @param {object[]} notifications newest first
   * @param {boolean} hold whether new ones are to be held back
   * @returns {object[]} those to show
   */
  filter(notifications, hold) {
    const newest = this.#shown;
    if (!hold || newest === null) {
      this.#held.clear();
      this.#shown = notifications[0]?._id ?? null;
      return notifications;
    }
    this.#held = new Set(notifications.filter(({ _id: id }) => id > newest).map(({ _id: id }) => id));
    return notifications.filter(({ _id: id }) => !this.#held.has(id));
  }
}
