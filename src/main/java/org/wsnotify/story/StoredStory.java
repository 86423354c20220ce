package org.wsnotify.story;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.RemovalReason;

/**
 * What the store knows of a notification, kept or not. Immutable.
 *
 * @param seenAt when it was marked seen; empty if it was not, or if an earlier version did so
 * @param removal when it left the inbox, and why; empty if it has not
 * @param pushes the latest pushes, oldest first, at most {@value StoryStore#MOST_PUSHES}; empty where only the
 *     notification was asked for
 * @param presentAt when it was decided that its user needs no mail, being online; empty if that was not decided then
 */
public record StoredStory(
        Notification notification,
        Optional<Instant> seenAt,
        Optional<Removal> removal,
        List<Push> pushes,
        Optional<Instant> presentAt) {

    /** When a notification left the inbox, and why. */
    public record Removal(Instant at, RemovalReason reason) {}

    public StoredStory {
        Objects.requireNonNull(notification, "notification");
        Objects.requireNonNull(seenAt, "seenAt");
        Objects.requireNonNull(removal, "removal");
        pushes = List.copyOf(pushes);
        Objects.requireNonNull(presentAt, "presentAt");
    }
}
