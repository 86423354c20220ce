package org.wsnotify.embedded;

import java.time.Instant;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;

/**
 * The part of a notification that never changes. Its key is the id. Deleting the notification does not remove it.
 *
 * @param message the key of the message: the id of the first notification that carried it
 */
record StoredNotification(String userId, String message, Instant createdAt) {

    static final RecordType<StoredNotification> TYPE = RecordType.value(
            StoredNotification[]::new,
            stored -> stored.userId.length() + stored.message.length(),
            (out, stored) -> out.text(stored.userId).text(stored.message).time(stored.createdAt),
            in -> new StoredNotification(in.text(), in.text(), in.time()));

    static StoredNotification of(Notification notification, String message) {
        return new StoredNotification(notification.userId(), message, notification.createdAt());
    }

    Notification with(String id, Message said, KeptState state) {
        return new Notification(id, userId, said, state.seen(), createdAt, state.updatedAt());
    }
}
