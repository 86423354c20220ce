package org.wsnotify.notification;

import java.time.Instant;
import java.util.Objects;

/**
 * One thing that one recipient was told.
 *
 * <p>Immutable. The texts are the publisher's, untouched: whoever shows them escapes them.
 *
 * @param id 24 lower-case hex digits, ordered by creation ({@link NotificationIds})
 * @param userId the recipient
 * @param message what was said
 * @param seen whether the recipient marked it seen
 * @param createdAt when it was published, UTC, in milliseconds
 * @param updatedAt when it last changed
 */
public record Notification(
        String id, String userId, Message message, boolean seen, Instant createdAt, Instant updatedAt) {

    public Notification {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(updatedAt, "updatedAt");
    }

    /** A new notification, unseen. */
    public static Notification unseen(String id, String userId, Message message, Instant createdAt) {
        return new Notification(id, userId, message, false, createdAt, createdAt);
    }

    /** This notification as its recipient has it after marking it seen. */
    public Notification seenAt(Instant when) {
        return new Notification(id, userId, message, true, createdAt, when);
    }
}
