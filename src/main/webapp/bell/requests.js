import { NotificationError } from './error.js';

/** A server that is silent for this long has lost the request, or is gone. */
const PATIENCE = 30_000;

/**
 * Requests to the inbox, one at a time.
 *
 * An error names the kind of request that it answers, not which one, and `busy` may overtake other answers. With only
 * one request under way, both are unambiguous.
 */
export class Requests {
  #send;
  #onSilence;
  #waiting = [];
  #current = null;
  #timer = 0;

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

  /** @returns {Promise<object[]>} rejected with a {@link NotificationError} */
  unseen() {
    return this.#ask({ name: 'unseen', data: {} }, 'unseen');
  }

  /**
   * @param {{page: number} | {before: string}} which
   * @returns {Promise<object[]>} rejected with a {@link NotificationError}
   */
  content(which) {
    return this.#ask({ name: 'content', data: which }, keyOf(which));
  }

  /** @returns {boolean} whether this page was requested here */
  answered(page, data) {
    if (this.#current?.key !== keyOf(page)) {
      return false;
    }
    this.#finish().resolve(data);
    return true;
  }

  /** The server rejected a request of that name. */
  failed(name, error) {
    if (this.#current?.envelope.name === name) {
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

  #ask(envelope, key) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ envelope, key, resolve, reject });
      this.#next();
    });
  }

  #next() {
    if (this.#current || this.#waiting.length === 0) {
      return;
    }
    this.#current = this.#waiting.shift();
    if (this.#send(this.#current.envelope)) {
      this.#timer = setTimeout(this.#onSilence, PATIENCE);
    } else {
      this.drop(new NotificationError('offline', 'No connection.'));
    }
  }

  #finish() {
    clearTimeout(this.#timer);
    const finished = this.#current;
    this.#current = null;
    this.#next();
    return finished;
  }
}

function keyOf(which) {
  if ('unseen' in which) {
    return 'unseen';
  }
  return 'before' in which ? `before:${which.before}` : `page:${which.page}`;
}
