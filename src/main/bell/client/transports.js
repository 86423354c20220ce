import { refusalOf } from './refusal.js';

/** After so many handshakes that failed one after the other, and after as many more, the reason is looked for. */
const EXPLAINED = 2;
/** After one that worked, so many more must fail, within half a minute: its server is probably restarted. */
const RESTARTS = 4;
/** Where WebSockets are blocked, they are tried again after this long, with the next connection. */
const BLOCKED_FOR = 300_000;

/** Chooses how to connect: by WebSocket, or by SockJS where something on the way blocks WebSockets. */
export class Transports {
  #address;
  #load;
  #failures = 0;
  #triedAt = 0;
  #SockJsSocket = null;
  #usesSockJs = false;

  /**
   * @param {URL} address of the WebSocket
   * @param {() => Promise<{loadSockJs: Function}>} load loads what is needed for SockJS
   */
  constructor(address, load = () => import('./sockjs.js')) {
    this.#address = address;
    this.#load = load;
  }

  /** @returns {WebSocket | SockJsSocket} */
  newSocket() {
    this.#usesSockJs = this.#SockJsSocket !== null && Date.now() - this.#triedAt < BLOCKED_FOR;
    if (this.#usesSockJs) {
      return new this.#SockJsSocket(this.#address);
    }
    this.#triedAt = Date.now();
    return new WebSocket(this.#address);
  }

  /** A socket has opened. */
  opened() {
    this.#failures = -RESTARTS;
    if (!this.#usesSockJs) {
      this.#SockJsSocket = null;
    }
  }

  /**
   * Finds out why sockets do not open.
   *
   * @returns {Promise<{reason: NotificationError | null, fallsBack: boolean} | null>} null if it is not known yet;
   *     `fallsBack` if the next socket will be another kind that may work
   */
  async failed() {
    if (this.#usesSockJs || this.#SockJsSocket) {
      return null;
    }
    const failures = ++this.#failures;
    if (failures < 1 || failures % EXPLAINED !== 0) {
      return null;
    }
    const reason = await refusalOf(this.#address);
    const SockJsSocket = reason?.code === 'websocket-blocked' ? await this.#loadSockJs() : null;
    if (this.#failures < failures) {
      return null; // A socket has opened in the meantime.
    }
    this.#SockJsSocket = SockJsSocket;
    return { reason, fallsBack: SockJsSocket !== null };
  }

  async #loadSockJs() {
    try {
      const { loadSockJs } = await this.#load();
      return await loadSockJs(this.#address);
    } catch {
      return null; // For example, the page's policy does not allow the script.
    }
  }
}
