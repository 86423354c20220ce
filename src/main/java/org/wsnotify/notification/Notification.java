package org.wsnotify.notification;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One message to one recipient, with its state.
 *
 * <p>Immutable. The texts are those of the publisher, unchanged. The page that shows them must escape them.
 *
 * @param id 24 lower-case hex digits, ordered by creation ({@link NotificationIds})
 * @param userId the recipient
 * @param seen whether the recipient has marked it seen
 * @param createdAt when it was published, in UTC, with milliseconds
 * @param updatedAt when it last changed
 * @param origin the publication it belongs to; empty for those that an earlier version stored
 */
public record Notification(
        String id,
        String userId,
        Message message,
        boolean seen,
        Instant createdAt,
        Instant updatedAt,
        Optional<Origin> origin) {

    public Notification {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
        Objects.requireNonNull(origin, "origin");
    }

    /** A notification of an unknown publication. */
    public Notification(String id, String userId, Message message, boolean seen, Instant createdAt, Instant updatedAt) {
        this(id, userId, message, seen, createdAt, updatedAt, Optional.empty());
    }

    /** Returns a new notification, unseen. */
    public static Notification unseen(String id, String userId, Message message, Instant createdAt) {
        return new Notification(id, userId, message, false, createdAt, createdAt);
    }

    /** Returns this notification, marked seen. */
    public Notification seenAt(Instant when) {
        return new Notification(id, userId, message, true, createdAt, when, origin);
    }

    /** Returns this notification as a part of a publication. */
    public Notification of(Origin publication) {
        return new Notification(id, userId, message, seen, createdAt, updatedAt, Optional.of(publication));
    }

    /** Returns the key under which the stores find this notification. */
    public NotificationKey key() {
        return new NotificationKey(userId, id);
    }
}
