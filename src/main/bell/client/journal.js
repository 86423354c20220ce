/** The most ids stored of each kind; the oldest are given up. */
const MOST = 1000;
const LONGEST_ID = 64;

/**
 * The marks of one user that the server has not confirmed, kept in the browser's storage: they survive the page.
 *
 * All tabs of a user share one record. Nothing depends on it: storage may be forbidden, full, or hold anything.
 */
export class Journal {
  #key;

  /** @param {string} key names the server and the user */
  constructor(key) {
    this.#key = `notification-marks:${key}`;
  }

  /** @returns {Entries} */
  read() {
    const entries = noEntries();
    try {
      const stored = JSON.parse(localStorage.getItem(this.#key));
      for (const kind of ['seen', 'delete']) {
        addTo(entries[kind], stored[kind].filter(isId));
      }
      entries.upTo = isId(stored.upTo) ? stored.upTo : '';
    } catch {
      // Nothing is stored, or it cannot be read.
    }
    return entries;
  }

  /** @param {(entries: Entries) => void} change made to what is stored */
  update(change) {
    const entries = this.read();
    change(entries);
    const { seen, delete: removed, upTo } = entries;
    [seen, removed].forEach(trim);
    try {
      if (seen.size + removed.size === 0 && upTo === '') {
        localStorage.removeItem(this.#key);
      } else {
        localStorage.setItem(this.#key, JSON.stringify({ seen: [...seen], delete: [...removed], upTo }));
      }
    } catch {
      // The marks last as long as the page.
    }
  }
}

/**
 * @typedef {{seen: Set<string>, delete: Set<string>, upTo: string}} Entries the ids of each kind, oldest first, and the
 *     newest id of "all seen", or ''
 */

/** @returns {Entries} */
export function noEntries() {
  return { seen: new Set(), delete: new Set(), upTo: '' };
}

/** Adds ids within the bound. */
export function addTo(set, ids) {
  ids.forEach((id) => set.add(id));
  trim(set);
}

function trim(set) {
  for (const oldest of set) {
    if (set.size <= MOST) {
      return;
    }
    set.delete(oldest);
  }
}

function isId(value) {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_ID;
}
