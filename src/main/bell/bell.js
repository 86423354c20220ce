/**
 * The bell in one tag, for any page:
 *
 *   <script type="module" src="https://notify.example.org/bell.js"></script>
 *   <notification-bell token-url="/my/bell-token"></notification-bell>
 *
 * The page's own back end answers {"token": "..."} for the user of its cookies. Other credentials come from a script:
 *
 *   document.querySelector('notification-bell').credentials = async () => ({ login, password });
 *
 * Without the tag:
 *
 *   import { NotificationClient } from 'https://notify.example.org/bell.js';
 *
 * There are no dependencies, and nothing is loaded from other sites. It works under a Content-Security-Policy without
 * 'unsafe-inline'.
 */
import { NotificationBell } from './view/element.js';

export { NotificationClient, NotificationError } from './client/client.js';
export { makeList } from './view/standalone-list.js';
export { NotificationBell };

// A page that loads this file twice still works.
if (globalThis.customElements && !customElements.get('notification-bell')) {
  customElements.define('notification-bell', NotificationBell);
}
