import { NotificationError } from './error.js';

const PATIENCE = 5_000;
const OK = 200;
/** The server stops, or a proxy knows no other. */
const STOPPING = 503;

/**
 * Finds out why no WebSocket can be opened: a browser tells a page nothing about a handshake that failed.
 *
 * Only pages of allowed origins may read what the server answers to `info`, beside the WebSocket. Pages of all origins
 * may read `bell.js`.
 *
 * @param {URL} address of the WebSocket
 * @returns {Promise<NotificationError | null>} null if the server cannot be reached, or is not ready
 */
export async function refusalOf(address) {
  const info = new URL('info', address);
  info.protocol = info.protocol.replace(/^ws/, 'http');
  const status = await statusOf(info);
  if (status === OK) {
    return new NotificationError('websocket-blocked', 'WebSockets are blocked on the way.');
  }
  if (status !== STOPPING && (await statusOf(new URL('../bell.js', info))) === OK) {
    return new NotificationError(
      'origin-not-allowed',
      `${window.location.origin} is not in notification.allowed-origins.`,
    );
  }
  return null;
}

/** @returns {Promise<number>} 0 if the page may not read the answer, or there is none */
async function statusOf(url) {
  try {
    return (await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) })).status;
  } catch {
    return 0;
  }
}
