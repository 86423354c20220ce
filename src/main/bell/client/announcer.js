/** How long a tab waits that is not looked at. Those that are looked at come first. */
const HIDDEN_PAUSE = 300;
const UNFOCUSED_PAUSE = 100;
/** How long a claim holds: tabs that were cut off report what they missed when they are back. */
const KEPT_MILLIS = 600_000;
/** After this long without an answer of the database, a tab announces: twice is better than never. */
const DEADLINE = 2000;
const DATABASE = 'notification-bell';
const CLAIMS = 'announced';
const BY_TIME = 'at';

/**
 * Chooses the one tab of this browser that announces a notification, among those of the same origin, server and user.
 *
 * A claim is a record in a database of the browser (IndexedDB), whose transactions hold for all tabs. That is more than
 * local storage gives: there, a tab may not yet see what another one has written, even if both hold the same lock in
 * turn. Without a database every tab announces.
 */
export class Announcer {
  #scope;

  /** @param {string} scope names the server and the user */
  constructor(scope) {
    this.#scope = scope;
  }

  /**
   * @param {string[]} ids of notifications that were pushed
   * @returns {Promise<string[]>} those that this tab is to announce; never rejected
   */
  async claim(ids) {
    try {
      await pause(document.hidden ? HIDDEN_PAUSE : document.hasFocus() ? 0 : UNFOCUSED_PAUSE);
      return await Promise.race([this.#take(ids), pause(DEADLINE).then(() => ids)]);
    } catch {
      return ids; // Nothing is shared with the other tabs.
    }
  }

  async #take(ids) {
    const database = await open();
    try {
      const transaction = database.transaction(CLAIMS, 'readwrite', { durability: 'relaxed' });
      const ended = end(transaction);
      const claims = transaction.objectStore(CLAIMS);
      const mine = new Set();
      removeOld(claims, () => ids.forEach((id) => this.#add(claims, id, () => mine.add(id))));
      await ended;
      return ids.filter((id) => mine.has(id));
    } finally {
      database.close();
    }
  }

  #add(claims, id, added) {
    const request = claims.add({ [BY_TIME]: Date.now() }, [this.#scope, id]);
    request.onsuccess = added;
    request.onerror = (event) => {
      if (request.error.name === 'ConstraintError') { // Another tab was first. That does not end the transaction.
        event.preventDefault();
        event.stopPropagation();
      }
    };
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(CLAIMS).createIndex(BY_TIME, BY_TIME);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @returns {Promise<void>} resolved when all of a transaction is done */
function end(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Those of all users: on a computer of many people they would fill the storage of the page. */
function removeOld(claims, done) {
  const old = IDBKeyRange.upperBound(Date.now() - KEPT_MILLIS);
  const request = claims.index(BY_TIME).getAllKeys(old);
  request.onsuccess = () => {
    request.result.forEach((key) => claims.delete(key));
    done();
  };
}

function pause(millis) {
  return millis > 0 ? new Promise((resolve) => setTimeout(resolve, millis)) : null;
}
