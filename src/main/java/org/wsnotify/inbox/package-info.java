/**
 * What a user keeps: unseen notifications, pages, seen, delete, and the counts that all devices agree on.
 *
 * <p>What belongs here: {@link org.wsnotify.inbox.Inbox} and its port {@link org.wsnotify.inbox.NotificationStore}.
 * What does not: how a notification comes about ({@code delivery}), and databases ({@code mongo}, {@code embedded}).
 */
package org.wsnotify.inbox;
