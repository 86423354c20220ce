/** How long a tab waits that is not looked at. Those that are looked at come first. */
const HIDDEN_PAUSE = 300;
const UNFOCUSED_PAUSE = 100;
/** Without locks, a tab looks after this long whether another one has claimed the same. */
const DOUBT_PAUSE = 50;
/** How long a claim holds: tabs that were cut off report what they missed when they are back. */
const KEPT_MILLIS = 600_000;
const MOST = 200;
const PREFIX = 'notification-announced:';

/**
 * Chooses the one tab of this browser that announces a notification, among those of the same origin, server and user.
 *
 * A claim is a record in the browser's storage, made under a lock (Web Locks API). Pages without encryption have no
 * locks: there, the last of two tabs that write in the same instant wins. Without storage every tab announces.
 */
export class Announcer {
  #key;
  #tab = crypto.getRandomValues(new Uint32Array(2)).join('-');

  /** @param {string} scope names the server and the user */
  constructor(scope) {
    this.#key = `${PREFIX}${scope}`;
  }

  /**
   * @param {string[]} ids of notifications that were pushed
   * @returns {Promise<string[]>} those that this tab is to announce; never rejected
   */
  async claim(ids) {
    try {
      await pause(document.hidden ? HIDDEN_PAUSE : document.hasFocus() ? 0 : UNFOCUSED_PAUSE);
      return navigator.locks
        ? await navigator.locks.request(this.#key, () => this.#take(ids))
        : await this.#takeWithoutLock(ids);
    } catch {
      return ids; // Nothing is shared with the other tabs.
    }
  }

  #take(ids) {
    this.#removeOthers();
    const claims = this.#read();
    const mine = ids.filter((id) => !claims.some((claim) => claim.id === id));
    if (mine.length > 0) {
      const at = Date.now();
      const all = [...claims, ...mine.map((id) => ({ id, at, tab: this.#tab }))];
      localStorage.setItem(this.#key, JSON.stringify(all.slice(-MOST)));
    }
    return mine;
  }

  async #takeWithoutLock(ids) {
    const taken = this.#take(ids);
    await pause(DOUBT_PAUSE);
    const mine = new Set(this.#read().filter(({ tab }) => tab === this.#tab).map(({ id }) => id));
    return taken.filter((id) => mine.has(id));
  }

  /** On a computer of many people, the records of all of them would fill the storage of the page. */
  #removeOthers() {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX) && key !== this.#key && this.#read(key).length === 0)
      .forEach((key) => localStorage.removeItem(key));
  }

  /** @returns {{id: string, at: number, tab: string}[]} the claims that hold; anything may be stored */
  #read(key = this.#key) {
    const text = localStorage.getItem(key);
    try {
      const now = Date.now();
      const holds = ({ id, at }) => typeof id === 'string' && at > now - KEPT_MILLIS && at <= now;
      return JSON.parse(text).filter(holds).slice(-MOST);
    } catch {
      return [];
    }
  }
}

function pause(millis) {
  return millis > 0 ? new Promise((resolve) => setTimeout(resolve, millis)) : null;
}
