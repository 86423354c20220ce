/** How long a deletion can be undone. */
const UNDO_MILLIS = 6000;

/**
 * Notifications that a person has deleted, and may bring back for some seconds.
 *
 * They are hidden at once, and deleted for good when the time is over, when {@link Removals#finish} is called, and when
 * the page goes away.
 */
export class Removals {
  #ids = new Set();
  #timer = 0;
  #remove;
  #changed;

  /**
   * @param {(ids: string[]) => void} remove deletes for good
   * @param {() => void} changed called when {@link Removals#count} has changed
   */
  constructor(remove, changed) {
    this.#remove = remove;
    this.#changed = changed;
  }

  /** How many can be brought back. */
  get count() {
    return this.#ids.size;
  }

  has(id) {
    return this.#ids.has(id);
  }

  add(id) {
    this.#ids.add(id);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.finish(), UNDO_MILLIS);
    this.#changed();
  }

  /** @returns {string[]} the ids that are shown again */
  undo() {
    clearTimeout(this.#timer);
    const ids = [...this.#ids];
    this.#ids.clear();
    this.#changed();
    return ids;
  }

  /** Deletes for good what can still be brought back. */
  finish() {
    clearTimeout(this.#timer);
    if (this.#ids.size > 0) {
      const ids = [...this.#ids];
      // First deleted, then no longer hidden: the notifications must not show up in between.
      this.#remove(ids);
      this.#ids.clear();
      this.#changed();
    }
  }
}
