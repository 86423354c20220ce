import { NotificationError } from './error.js';

/**
 * Finds out why no WebSocket can be opened: a browser tells a page nothing about a handshake that failed.
 *
 * The server answers `info` beside the WebSocket, and only pages of allowed origins may read the answer.
 *
 * @param {URL} address of the WebSocket
 * @returns {Promise<NotificationError | null>} null if the server cannot be reached
 */
export async function refusalOf(address) {
  const info = new URL('info', address);
  info.protocol = info.protocol.replace(/^ws/, 'http');
  if (await answers(info, 'cors')) {
    return new NotificationError('websocket-blocked', 'Something on the way blocks the connection (WebSocket).');
  }
  if (await answers(info, 'no-cors')) {
    return new NotificationError(
      'origin-not-allowed',
      `The origin ${window.location.origin} is not in notification.allowed-origins of the server.`,
    );
  }
  return null;
}

async function answers(url, mode) {
  try {
    await fetch(url, { mode, cache: 'no-store', credentials: 'omit' });
    return true;
  } catch {
    return false;
  }
}
