package org.wsnotify.embedded;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.Origin;

/**
 * The part of a notification that never changes. Its key is the id. Deleting the notification does not remove it.
 *
 * @param message the key of the message: the id of the first notification that carried it
 * @param origin the publication; empty if it was written before format 5
 */
record StoredNotification(String userId, String message, Instant createdAt, Optional<Origin> origin) {

    private static final int FIRST_WITH_ORIGIN = 5;

    /** In the order of their numbers. */
    private static final List<MailIntent> INTENTS =
            List.of(MailIntent.NONE, MailIntent.REQUESTED, MailIntent.INVALID, MailIntent.MISSING);

    static final RecordType<StoredNotification> TYPE = RecordType.value(
            StoredNotification[]::new,
            stored -> 2 * stored.message.length() + stored.userId.length(),
            (out, stored) -> out.text(stored.userId)
                    .text(stored.message)
                    .time(stored.createdAt)
                    .optional(stored.origin, StoredNotification::writeOrigin),
            in -> new StoredNotification(in.text(), in.text(), in.time(), readOrigin(in)));

    static StoredNotification of(Notification notification, String message) {
        return new StoredNotification(notification.userId(), message, notification.createdAt(), notification.origin());
    }

    Notification with(String id, Message said, KeptState state) {
        return new Notification(id, userId, said, state.seen(), createdAt, state.updatedAt(), origin);
    }

    private static void writeOrigin(FieldWriter out, Origin origin) {
        out.text(origin.publication()).number(INTENTS.indexOf(origin.mail()));
    }

    private static Optional<Origin> readOrigin(RecordReader in) {
        return in.version() < FIRST_WITH_ORIGIN
                ? Optional.empty()
                : in.optional(fields -> new Origin(fields.text(), INTENTS.get(fields.number())));
    }
}
