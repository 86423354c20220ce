/**
 * The bell in one tag, for any page:
 *
 *   <script type="module" src="https://notify.example.org/bell.js"></script>
 *   <notification-bell login="alice" password="a token that your Authenticator takes"></notification-bell>
 *
 * with a token that expires:
 *
 *   document.querySelector('notification-bell').credentials = async () => (await fetch('/my/bell-token')).json();
 *
 * or without the tag:
 *
 *   import { NotificationClient } from 'https://notify.example.org/bell.js';
 *
 * No build, no dependencies, nothing loaded from elsewhere; works under a Content-Security-Policy without 'unsafe-inline'.
 */
import { NotificationBell } from './bell/element.js';

export { NotificationClient, NotificationError } from './bell/client.js';
export { NotificationList } from './bell/list.js';
export { listSheet } from './bell/list-style.js';
export { NotificationBell };

// Two copies of this file on one page are a mistake that should not break the page.
if (!customElements.get('notification-bell')) {
  customElements.define('notification-bell', NotificationBell);
}
