package org.wsnotify.inbox;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.wsnotify.notification.NotificationIds;

/**
 * The latest ids of notifications: those created up to five minutes before the last one that was added. Not safe for
 * use by several threads.
 */
final class RecentIds {

    private static final long KEPT_SECONDS = 300;

    private final int most;
    private final Set<String> ids = new LinkedHashSet<>();

    /** @param most how many are remembered */
    RecentIds(int most) {
        this.most = most;
    }

    /** Adds an id. */
    void add(String id) {
        ids.add(id);
        long oldest = NotificationIds.createdAt(id).getEpochSecond() - KEPT_SECONDS;
        Iterator<String> each = ids.iterator();
        String first = each.next();
        while (ids.size() > most || NotificationIds.createdAt(first).getEpochSecond() < oldest) {
            each.remove();
            first = each.next(); // the last one is not that old
        }
    }

    /** Forgets an id and all smaller ones. */
    void removeUpTo(String greatest) {
        ids.removeIf(id -> id.compareTo(greatest) <= 0);
    }

    /** Returns whether an id is among the latest. */
    boolean contains(String id) {
        return ids.contains(id);
    }
}
