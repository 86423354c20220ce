/** What a recipient keeps: unseen, pages, seen, delete, and the counts that all devices agree on. Port {@link org.wsnotify.inbox.NotificationStore}. */
package org.wsnotify.inbox;
