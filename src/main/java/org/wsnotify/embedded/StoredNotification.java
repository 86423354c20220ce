package org.wsnotify.embedded;

import java.time.Instant;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;

/** What never changes about a notification; its id is the key. It stays when the notification is deleted. */
record StoredNotification(String userId, Message message, Instant createdAt) {

    static final RecordType<StoredNotification> TYPE = RecordType.value(
            StoredNotification[]::new,
            StoredNotification::characters,
            StoredNotification::write,
            in -> new StoredNotification(in.text(), readMessage(in), in.time()));

    static StoredNotification of(Notification notification) {
        return new StoredNotification(notification.userId(), notification.message(), notification.createdAt());
    }

    Notification with(String id, KeptState state) {
        return new Notification(id, userId, message, state.seen(), createdAt, state.updatedAt());
    }

    private static int characters(StoredNotification stored) {
        Message message = stored.message;
        return stored.userId.length()
                + message.type().length()
                + message.title().length()
                + message.content().length()
                + message.url().length()
                + message.icon().length()
                + message.image().length();
    }

    private static void write(FieldWriter out, StoredNotification stored) {
        Message message = stored.message;
        out.text(stored.userId)
                .text(message.type())
                .text(message.title())
                .text(message.content())
                .text(message.url())
                .text(message.icon())
                .text(message.image())
                .time(stored.createdAt);
    }

    private static Message readMessage(FieldReader in) {
        return new Message(in.text(), in.text(), in.text(), in.text(), in.text(), in.text());
    }
}
