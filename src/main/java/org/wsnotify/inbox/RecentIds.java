package org.wsnotify.inbox;

import org.wsnotify.notification.IdList;
import org.wsnotify.notification.NotificationIds;

/**
 * The latest ids of one user's notifications: those created up to five minutes before the last one that was added. Fewer
 * of them while the budget that all users share is spent. Not safe for use by several threads.
 */
final class RecentIds {

    private static final long KEPT_SECONDS = 300;

    /** So many are remembered even if the budget is spent. */
    static final int FEW = 64;

    private final int most;
    private final IdBudget budget;
    private final IdList ids = new IdList();
    private boolean closed;

    /** @param most how many are remembered */
    RecentIds(int most, IdBudget budget) {
        this.most = most;
        this.budget = budget;
    }

    /** Adds an id. */
    void add(String id) {
        if (closed || !ids.addIfAbsent(id)) {
            return;
        }
        budget.add(1);
        long oldest = NotificationIds.second(NotificationIds.upper(id)) - KEPT_SECONDS;
        while (isTooMany() || ids.firstSecond() < oldest) { // the last one is not that old
            ids.removeFirst();
            budget.remove(1);
        }
    }

    private boolean isTooMany() {
        return ids.size() > most || (ids.size() > FEW && budget.isSpent());
    }

    /** Forgets an id and all smaller ones. */
    void removeUpTo(String greatest) {
        int before = ids.size();
        ids.removeUpTo(greatest);
        budget.remove(before - ids.size());
    }

    /** Returns whether an id is among the latest. */
    boolean contains(String id) {
        return ids.contains(id);
    }

    /** Forgets all ids, and takes no more. */
    void close() {
        closed = true;
        budget.remove(ids.size());
        ids.clear();
    }
}
