/**
 * SockJS in place of a WebSocket. Loaded only where WebSockets are blocked; the SockJS client comes from the server.
 */

const CLIENT = '../sockjs/1.6.1/sockjs.min.js';
const CONNECTING = 0;
const OPEN = 1;
let SockJS = null;

/**
 * @param {URL} address of the WebSocket
 * @returns {Promise<typeof SockJsSocket>} rejected if the SockJS client cannot be loaded
 */
export async function loadSockJs(address) {
  SockJS ??= await load(httpAddress(CLIENT, address));
  return SockJsSocket;
}

/** Has of a WebSocket what {@link Connection} uses. Messages are those that the WebSocket of the server sends. */
class SockJsSocket extends EventTarget {
  #sockJs;

  /** @param {URL} address of the WebSocket */
  constructor(address) {
    super();
    // Only these work across origins without an iframe and without a WebSocket.
    const transports = ['xhr-streaming', 'xhr-polling'];
    this.#sockJs = new SockJS(httpAddress('../notification', address).href, null, { transports });
    this.#sockJs.onopen = () => this.dispatchEvent(new Event('open'));
    this.#sockJs.onmessage = ({ data }) => {
      // In these frames, data is JSON in a string.
      const text = `{${members(data).join()}}`;
      this.dispatchEvent(new MessageEvent('message', { data: text }));
    };
    this.#sockJs.onclose = ({ code, reason }) => {
      this.dispatchEvent(new CloseEvent('close', { code, reason }));
    };
  }

  get readyState() {
    return this.#sockJs.readyState;
  }

  send(text) {
    this.#sockJs.send(text);
  }

  close(code, reason) {
    if (this.readyState === CONNECTING || this.readyState === OPEN) {
      this.#sockJs.close(code, reason);
    }
  }
}

function members({ data, ...others }) {
  const all = Object.entries(others).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return [...all, `"data":${data}`];
}

/** Loads a script that leaves its result in a global variable, and removes that. */
async function load(url) {
  const before = Object.getOwnPropertyDescriptor(window, 'SockJS');
  await import(url.href);
  const loaded = window.SockJS;
  delete window.SockJS;
  if (before) {
    Object.defineProperty(window, 'SockJS', before);
  }
  if (typeof loaded !== 'function') {
    throw new Error(`${url} is not the SockJS client.`);
  }
  return loaded;
}

function httpAddress(path, address) {
  const url = new URL(path, address);
  url.protocol = url.protocol.replace(/^ws/, 'http');
  url.search = '';
  return url;
}
