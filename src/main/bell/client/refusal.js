import { NotificationError } from './error.js';

const PATIENCE = 5_000;

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
  if (await isReadable(info)) {
    return new NotificationError('websocket-blocked', 'Something on the way blocks the connection (WebSocket).');
  }
  if (await isReadable(new URL('../bell.js', info))) {
    return new NotificationError(
      'origin-not-allowed',
      `The origin ${window.location.origin} is not in notification.allowed-origins of the server.`,
    );
  }
  return null;
}

async function isReadable(url) {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(url, { cache: 'no-store', credentials: 'omit', signal });
    return response.ok;
  } catch {
    return false;
  }
}
