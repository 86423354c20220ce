package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.wsnotify.notification.NotificationKey;

/**
 * What became of notifications that mail is owed for. Safe for use by many threads; blocks on the store and throws
 * {@link org.wsnotify.notification.StoreUnavailableException} if it cannot be reached.
 */
public interface NotificationFates {

    /** What became of a notification. */
    enum Fate {
        /** It is in the inbox, unseen. */
        UNSEEN,
        /** Its user has seen it. */
        SEEN,
        /** Its user has deleted it. */
        DELETED,
        /** It was retracted or replaced, or it expired. */
        RETRACTED
    }

    /**
     * Returns the fates by the ids of the notifications, without those that are not stored any more.
     *
     * @param now what has expired by then counts as retracted, also if it is still in the inbox
     */
    Map<String, Fate> of(Collection<NotificationKey> notifications, Instant now);
}
