package org.wsnotify.retraction;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.wsnotify.notification.NotificationKey;

/**
 * Takes notifications out of the inboxes of their users, for their publisher. They stay stored, marked.
 *
 * <p>What a method did is durable when it returns. If several calls take out the same notification, exactly one of them
 * counts it. Safe for use by many threads and servers. Methods throw {@link
 * org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached, and
 * {@link org.wsnotify.notification.UncertainRemovalException} if it failed when something may have been done; repeating a
 * call is safe.
 */
public interface RetractionStore {

    /** Takes out those of the named notifications that are kept. */
    Retracted retract(Collection<String> ids, Instant when);

    /**
     * Keeps only the newest notification of a group in the inbox of each user.
     *
     * @param users any number of them
     * @return what was taken out
     */
    List<NotificationKey> replace(Collection<String> users, String group, Instant when);

    /**
     * The result of {@link #retract}.
     *
     * @param notifications those that are retracted, by this call or an earlier one, which may have failed before
     *     anybody was told
     * @param known how many of the named notifications are stored, kept or not
     * @param taken how many this call took out
     */
    record Retracted(List<NotificationKey> notifications, int known, int taken) {
        public Retracted {
            notifications = List.copyOf(notifications);
        }
    }
}
