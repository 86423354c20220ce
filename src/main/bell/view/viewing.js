/** A notification that was in sight for so long is seen. */
const SEEN_AFTER = 1000;
const HALF = 0.5;

/** Finds out which rows of a list a person has had in sight, for `seen="view"`. */
export class Viewing {
  #seen;
  #observer = null;
  #timers = new Map();

  /** @param {(ids: string[]) => void} seen called with the ids of unseen rows that were in sight for a second */
  constructor(seen) {
    this.#seen = seen;
  }

  /** @param {HTMLElement | null} list whose unseen rows are watched from now on; null for none */
  watch(list) {
    if (list === null) {
      this.stop();
      return;
    }
    this.#observer ??= new IntersectionObserver((entries) => entries.forEach((one) => this.#moved(one)), {
      threshold: HALF,
    });
    list.querySelectorAll('li[data-seen="false"]').forEach((row) => this.#observer.observe(row));
  }

  stop() {
    this.#observer?.disconnect();
    this.#observer = null;
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
  }

  #moved({ target, isIntersecting }) {
    clearTimeout(this.#timers.get(target));
    this.#timers.delete(target);
    if (isIntersecting) {
      this.#timers.set(target, setTimeout(() => this.#wasInSight(target), SEEN_AFTER));
    }
  }

  #wasInSight(row) {
    this.#timers.delete(row);
    if (document.hidden) {
      this.#timers.set(row, setTimeout(() => this.#wasInSight(row), SEEN_AFTER));
    } else if (row.isConnected && row.dataset.seen === 'false') {
      this.#observer.unobserve(row);
      this.#seen([row.dataset.id]);
    }
  }
}
