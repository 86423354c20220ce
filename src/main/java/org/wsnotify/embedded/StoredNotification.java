package org.wsnotify.embedded;

import java.time.Instant;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;

/**
 * What never changes about a notification; its id is the key. It stays when the notification is deleted.
 *
 * @param message the key of what it says: the id of the notification that said it first
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
