import { pauseBefore } from './pause.js';

/** After a connection that lasted this long, the next retry is quick again. */
const STEADY_AFTER = 10_000;
/** A page that is looked at asks for a sign of life after a silence of this long. */
const SILENCE = 15_000;
/** How long a handshake may take. Some proxies swallow those of WebSockets. */
const HANDSHAKE_PATIENCE = 20_000;
/** How long the server may take to answer a login. It delays failed logins on purpose. */
const PATIENCE = 30_000;
const OPEN = 1;

/**
 * One socket after another, never two at once, with growing pauses between them.
 *
 * Calls `connecting()`, `opened(isCurrent)`, `received(envelope)`, `silent()` and `closed({code, reason, opened})` of its
 * owner, for the current socket only. The owner decides whether to reconnect. `isCurrent()` returns whether the opened
 * socket is still in use. `silent()` is called again and again while nothing arrives on a page that is looked at.
 */
export class Connection {
  #newSocket;
  #owner;
  #socket = null;
  #attempt = 0;
  #deadline = 0;
  #retry = 0;
  #steady = 0;
  #beat = 0;
  #heardAt = 0;
  #opened = false;

  /** When the next attempt is due, in epoch milliseconds; null if none is. */
  retryAt = null;

  /** @param {() => WebSocket} newSocket makes a WebSocket, or what behaves like one */
  constructor(newSocket, owner) {
    this.#newSocket = newSocket;
    this.#owner = owner;
  }

  open() {
    this.close();
    this.#opened = false;
    const socket = this.#newSocket();
    this.#socket = socket;
    const current = (listener) => (event) => socket === this.#socket && listener(event);
    socket.addEventListener('open', current(() => this.#open(() => socket === this.#socket)));
    socket.addEventListener('message', current(({ data }) => this.#received(data)));
    socket.addEventListener('close', current((event) => this.#closed(event)));
    socket.addEventListener('error', current(() => this.#failed()));
    this.expectWithin(HANDSHAKE_PATIENCE);
    // Last, because the owner may close the socket again.
    this.#owner.connecting();
  }

  /** Closes the socket without calling the owner. */
  close() {
    const socket = this.#socket;
    this.#socket = null;
    this.retryAt = null;
    [this.#deadline, this.#retry, this.#steady].forEach(clearTimeout);
    clearInterval(this.#beat);
    socket?.close(1000, 'done');
  }

  /** Opens another socket after a pause. */
  reopenLater() {
    this.close();
    const pause = pauseBefore(this.#attempt++);
    this.retryAt = Date.now() + pause;
    this.#retry = setTimeout(() => this.open(), pause);
  }

  /** @returns {() => boolean} whether the socket of now is still in use */
  currency() {
    const socket = this.#socket;
    return () => socket !== null && socket === this.#socket;
  }

  /** The server has accepted the login. */
  settled() {
    clearTimeout(this.#steady);
    this.#steady = setTimeout(() => this.resetPauses(), STEADY_AFTER);
    clearInterval(this.#beat);
    this.#beat = setInterval(() => this.#checkSilence(), SILENCE);
  }

  /** Makes the next pause a short one. */
  resetPauses() {
    this.#attempt = 0;
  }

  /** Gives up the connection unless something arrives. The socket's own close event may take minutes to come. */
  expectWithin(millis) {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#closed({ code: 1006, reason: '' }), millis);
  }

  /** @returns {boolean} whether there was an open connection */
  send(envelope) {
    if (this.#socket?.readyState !== OPEN) {
      return false;
    }
    this.#socket.send(JSON.stringify(envelope));
    return true;
  }

  #open(isCurrent) {
    this.#opened = true;
    this.expectWithin(PATIENCE);
    this.#owner.opened(isCurrent);
  }

  /** A handshake that fails is an error at once. Chromium may hold back the end of its socket for longer than a user waits. */
  #failed() {
    if (!this.#opened) {
      this.#closed({ code: 1006, reason: '' });
    }
  }

  #checkSilence() {
    if (!document.hidden && Date.now() - this.#heardAt >= SILENCE) {
      this.#owner.silent();
    }
  }

  #received(text) {
    clearTimeout(this.#deadline);
    this.#heardAt = Date.now();
    this.#owner.received(JSON.parse(text));
  }

  #closed({ code, reason }) {
    const opened = this.#opened;
    this.close();
    this.#owner.closed({ code, reason, opened });
  }
}
