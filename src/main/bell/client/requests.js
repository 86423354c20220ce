import { NotificationError } from './error.js';

/** A server that is silent for this long has lost the request, or is gone. */
const PATIENCE = 30_000;
/** Over a slow link even a single large notification may take longer: each silence in a row doubles the patience. */
const MOST_PATIENCE = 4;
/** Characters of one answer: few enough to arrive soon over a slow link. */
export const PAGE_CHARACTERS = 32_768;

/**
 * Requests to the inbox, one at a time.
 *
 * An error names the kind of request that it answers, not which one, and `busy` may overtake other answers. With only
 * one request under way, both are unambiguous.
 *
 * An answer is `{notifications, more, unseen}`: `more` is undefined if the server does not know pages of a limited size,
 * and `unseen` is whether these are the unseen ones.
 */
export class Requests {
  #send;
  #onSilence;
  #waiting = [];
  #current = null;
  #timer = 0;
  #silences = 0;

  /** How many requests were sent. */
  sent = 0;

  /**
   * @param {(envelope: object) => boolean} send whether there was a connection
   * @param {() => void} onSilence called when the server does not answer
   */
  constructor(send, onSilence) {
    this.#send = send;
    this.#onSilence = onSilence;
  }

  get isWaiting() {
    return this.#current !== null;
  }

  /**
   * Expects what the server sends after a login: the first page, or the unseen ones if it does not know such pages.
   *
   * @param {boolean} isMarked whether the server says which request an answer is for
   */
  first(isMarked) {
    const accepts = (page, more) =>
      page ? 'unseen' in page || (page.page === 0 && more !== undefined) : !isMarked;
    return this.#ask({ name: 'join', accepts });
  }

  /**
   * @param {string | null} before if the server knows pages: the page of those older than this id, newest first
   * @returns {Promise<object>} rejected with a {@link NotificationError}
   */
  unseen(before = null) {
    const which = before === null ? {} : { before };
    const data = { ...which, characters: PAGE_CHARACTERS };
    return this.#ask({ name: 'unseen', data, accepts: (page) => page?.unseen && page.before === which.before });
  }

  /**
   * @param {{page: number} | {before: string}} which
   * @param {boolean} limited whether the page may be shorter if its notifications are long
   * @returns {Promise<object>} rejected with a {@link NotificationError}
   */
  content(which, limited = true) {
    const data = limited ? { ...which, characters: PAGE_CHARACTERS } : which;
    const accepts = (page) => page && !page.unseen && page.before === which.before && page.page === which.page;
    return this.#ask({ name: 'content', data, accepts });
  }

  /** @returns {boolean} whether this page was requested here */
  answered({ data, page, more }) {
    if (!this.#current?.accepts(page, more)) {
      return false;
    }
    this.#silences = 0;
    this.#finish().resolve({ notifications: data, more, unseen: page ? Boolean(page.unseen) : true });
    return true;
  }

  /** Something arrived, so the server is not silent. What follows it may be long. */
  heard() {
    if (this.#current) {
      this.#wait();
    }
  }

  /** The server rejected a request of that name. */
  failed(name, error) {
    if (this.#current?.name === name) {
      this.#finish().reject(error);
    }
  }

  /** Rejects every request: none will be answered. */
  drop(error) {
    clearTimeout(this.#timer);
    const all = [this.#current, ...this.#waiting.splice(0)];
    this.#current = null;
    all.forEach((request) => request?.reject(error));
  }

  #ask(request) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...request, resolve, reject });
      this.#next();
    });
  }

  #next() {
    if (this.#current || this.#waiting.length === 0) {
      return;
    }
    this.#current = this.#waiting.shift();
    const { name, data } = this.#current;
    if (!data) {
      this.#wait();
    } else if (this.#send({ name, data })) {
      this.sent++;
      this.#wait();
    } else {
      this.drop(new NotificationError('offline', 'No connection.'));
    }
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#silent(), PATIENCE * Math.min(MOST_PATIENCE, 2 ** this.#silences));
  }

  #silent() {
    this.#silences++;
    this.#onSilence();
  }

  #finish() {
    clearTimeout(this.#timer);
    const finished = this.#current;
    this.#current = null;
    this.#next();
    return finished;
  }
}
