/** A connection that lasted so long was a good one: the next retry is quick again. */
const STEADY_AFTER = 10_000;
/** How long the server may take to let somebody in; failed logins are answered slowly on purpose. */
const PATIENCE = 30_000;

/**
 * How long to wait before try number `attempt`, counted from 0: growing, and half of it by chance, so that a restarted server does not
 * see all its clients in the same instant.
 */
export function pauseBefore(attempt) {
  const pause = Math.min(30_000, 500 * 2 ** attempt);
  return pause * (0.5 + Math.random() / 2);
}

/**
 * One WebSocket after another, never two at once, with growing pauses between them.
 *
 * Whoever owns it is told `connecting`, `opened(isPresent)`, `received(text)` and `closed({code, reason})`, of the present socket only, and
 * decides whether a closed one is followed by another. `isPresent` tells later whether the opened one still is.
 */
export class Connection {
  #url;
  #owner;
  #socket = null;
  #attempt = 0;
  #deadline = 0;
  #retry = 0;
  #steady = 0;

  /** When the next try is due, in epoch milliseconds; null unless one is waited for. */
  retryAt = null;

  constructor(url, owner) {
    this.#url = url;
    this.#owner = owner;
  }

  open() {
    this.close();
    this.#owner.connecting();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    const present = (listener) => (event) => socket === this.#socket && listener(event);
    socket.addEventListener('open', present(() => this.#owner.opened(() => socket === this.#socket)));
    socket.addEventListener('message', present(({ data }) => this.#received(data)));
    socket.addEventListener('close', present((event) => this.#closed(event)));
    this.expectWithin(PATIENCE);
  }

  /** Ends it, and tells nobody. */
  close() {
    const socket = this.#socket;
    this.#socket = null;
    this.retryAt = null;
    [this.#deadline, this.#retry, this.#steady].forEach(clearTimeout);
    socket?.close(1000, 'done');
  }

  /** Opens another after a pause. */
  reopenLater() {
    this.close();
    const pause = pauseBefore(this.#attempt++);
    this.retryAt = Date.now() + pause;
    this.#retry = setTimeout(() => this.open(), pause);
  }

  /** The server has let the client in. */
  settled() {
    clearTimeout(this.#steady);
    this.#steady = setTimeout(() => this.forgive(), STEADY_AFTER);
  }

  /** The next pause is a short one. */
  forgive() {
    this.#attempt = 0;
  }

  /** Gives the connection up unless something arrives. Its own close event may take minutes, so it is not waited for. */
  expectWithin(millis) {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#closed({ code: 1006, reason: '' }), millis);
  }

  /** @returns {boolean} whether there was anything to send it over */
  send(envelope) {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(envelope));
    return true;
  }

  #received(text) {
    clearTimeout(this.#deadline);
    this.#owner.received(text);
  }

  #closed({ code, reason }) {
    this.close();
    this.#owner.closed({ code, reason });
  }
}
