import { NotificationClient } from './client.js';

/** key → {client, users} */
const clients = new Map();

/**
 * Returns the client that all bells of a page with the same server and the same source of credentials share. A new one
 * is `signed-out`: the bell that finds it so calls `join`. Each call needs one {@link release}.
 *
 * @param {string | URL} url see {@link NotificationClient}
 * @param {string} source where the credentials come from, such as the attribute `token-url` or the login
 * @returns {NotificationClient}
 */
export function acquire(url, source) {
  const key = JSON.stringify([new URL(url, document.baseURI).href, source]);
  let shared = clients.get(key);
  if (!shared) {
    shared = { client: new NotificationClient(url), users: 0 };
    clients.set(key, shared);
  }
  shared.users++;
  return shared.client;
}

/** The last release signs the client out and forgets it. Does nothing for a client that came from elsewhere. */
export function release(client) {
  for (const [key, shared] of clients) {
    if (shared.client === client && --shared.users === 0) {
      clients.delete(key);
      client.leave();
    }
  }
}
