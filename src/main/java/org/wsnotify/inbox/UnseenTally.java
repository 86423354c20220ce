package org.wsnotify.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wsnotify.notification.IdList;
import org.wsnotify.notification.UnseenCounts;

/**
 * The unseen counts of one user: what the store said last, and what was published since.
 *
 * <p>Counts each notification once, also one that is in the reading already or is added again. The newest ids are kept
 * for that. A notification older than these makes the counts unknown; the store must be read again. What is added while
 * the store is being read is added to the reading too. Not safe for use by several threads.
 */
final class UnseenTally {

    private final int cap;
    private final IdList counted = new IdList();
    private final List<Addition> additions = new ArrayList<>();
    /** Whether older ones were counted that are not kept. */
    private boolean lacksOlder;

    private UnseenCounts counts;
    private int readings;

    /** A notification that was counted while the store was being read. */
    private record Addition(String id, String type) {}

    /** @param cap how many are counted exactly */
    UnseenTally(int cap) {
        this.cap = cap;
    }

    /** Returns the counts; empty while they are unknown. */
    Optional<UnseenCounts> counts() {
        return Optional.ofNullable(counts);
    }

    /**
     * The store is about to be read. Each call is followed by one of {@link #endReading}.
     *
     * @return the start of the reading, for {@link #install}
     */
    int beginReading() {
        readings++;
        return additions.size();
    }

    /** Takes what the store said in a reading that is not ended yet. */
    void install(UnseenReading reading, int start) {
        counts = reading.counts();
        counted.clear();
        List<String> newest = reading.newest();
        for (int i = newest.size() - 1; i >= 0; i--) { // the oldest first, in the order in which others follow
            counted.add(newest.get(i));
        }
        lacksOlder = reading.mayLackOlder();
        additions.subList(start, additions.size()).forEach(addition -> count(addition.id(), addition.type()));
    }

    /** Returns the ids that were added while the store was being read. */
    Stream<String> addedMeanwhile() {
        return additions.stream().map(Addition::id);
    }

    /** A reading is over, whether or not it was installed. */
    void endReading() {
        readings--;
        if (readings == 0) {
            additions.clear();
        }
    }

    /** Counts a notification that the store has and its user has not seen. */
    void add(String id, String type) {
        if (readings > 0) {
            additions.add(new Addition(id, type));
        }
        count(id, type);
    }

    private void count(String id, String type) {
        if (counts == null) {
            return;
        }
        if (lacksOlder && counted.isSmallerThanAll(id)) { // it may be one of those
            forget();
        } else if (counted.addIfAbsent(id)) {
            counts = counts.plus(type, cap);
            if (counted.size() > UnseenReading.NEWEST) {
                counted.removeSmallest();
                lacksOlder = true;
            }
        }
    }

    /** Makes the counts unknown. */
    void forget() {
        counts = null;
        counted.clear();
        lacksOlder = false;
    }
}
