package org.wsnotify.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.NotificationKey;

/**
 * Takes notifications out of inboxes when they expire, and removes old ones for good, a few at a time.
 *
 * <p>What a method did is durable when it returns. Each call is short, so that others need not wait for it. Safe for use
 * by many threads and servers: of several calls, one returns each notification. Methods throw {@link
 * org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached, and {@link
 * org.wsnotify.notification.UncertainRemovalException} if it failed when something may have been done; repeating a call is safe.
 */
public interface RetentionStore {

    /**
     * Takes notifications out of inboxes whose end has come, the earliest first.
     *
     * @param most how many at most
     * @return what this call took out, and whether there may be more
     */
    Swept expire(Instant now, int most);

    /**
     * Removes notifications for good that left their inboxes before a time, the earliest first.
     *
     * @param after where an earlier call ended; empty for the start
     */
    Walked<AgePosition> removeDeleted(Types types, Instant before, Optional<AgePosition> after, int most);

    /**
     * Removes notifications for good that were marked seen before a time, the earliest first.
     *
     * @param after where an earlier call ended; empty for the start
     */
    Walked<AgePosition> removeSeen(Types types, Instant before, Optional<AgePosition> after, int most);

    /**
     * Removes notifications for good that were published before a time, to the second. Goes through all of them in
     * the order of their ids.
     *
     * @param after where an earlier call ended; empty for the start
     */
    Walked<String> removeOld(Types types, Instant before, Optional<String> after, int most);

    /**
     * The result of a call.
     *
     * @param fromInboxes the notifications that were in inboxes until then
     * @param count how many were taken out or removed
     * @param more whether there may be more
     */
    record Swept(List<NotificationKey> fromInboxes, int count, boolean more) {
        public Swept {
            fromInboxes = List.copyOf(fromInboxes);
        }
    }

    /**
     * The result of a step of a walk.
     *
     * @param last where the next step goes on; empty if nothing was examined
     * @param <P> a position: an id, or an {@link AgePosition}
     */
    record Walked<P>(Swept swept, Optional<P> last) {}
}
