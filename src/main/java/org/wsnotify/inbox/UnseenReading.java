package org.wsnotify.inbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wsnotify.notification.UnseenCounts;

/**
 * What a store said about the unseen notifications of a user at one moment: how many there are, and which are the
 * newest. The ids tell whether a notification that was published at the same time is counted already.
 *
 * @param counts the counts
 * @param newest the ids of the newest unseen notifications, newest first; all of them when there are fewer than
 *     {@value #NEWEST}
 */
public record UnseenReading(UnseenCounts counts, List<String> newest) {

    /** The most ids that a reading carries. */
    public static final int NEWEST = 64;

    /** Nothing is unseen. */
    public static final UnseenReading NONE = new UnseenReading(UnseenCounts.NONE, List.of());

    public UnseenReading {
        newest = List.copyOf(newest);
    }

    /** Returns whether notifications may be counted that are older than the {@link #newest}. */
    boolean mayLackOlder() {
        return newest.size() >= NEWEST;
    }

    /** Collects the unseen notifications of a user, newest first. For one thread. */
    public static final class Collector {
        private final int cap;
        private final Map<String, Integer> byType = new HashMap<>();
        private final List<String> newest = new ArrayList<>();
        private int total;
        private boolean capped;

        /** @param cap how many are counted at most */
        public Collector(int cap) {
            this.cap = cap;
        }

        /**
         * Counts one more.
         *
         * @return whether the next one is wanted; false when there are more than the cap
         */
        public boolean add(String id, String type) {
            if (newest.size() < NEWEST) {
                newest.add(id);
            }
            if (total == cap) {
                capped = true;
                return false;
            }
            byType.merge(type, 1, Integer::sum);
            total++;
            return true;
        }

        /** Returns what was collected. */
        public UnseenReading reading() {
            return new UnseenReading(new UnseenCounts(total, byType, capped), newest);
        }
    }
}
