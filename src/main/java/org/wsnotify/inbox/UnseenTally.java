package org.wsnotify.inbox;

import java.util.Optional;
import java.util.TreeSet;
import org.wsnotify.notification.UnseenCounts;

/**
 * The unseen counts of one user: what the store said last, and what was published since.
 *
 * <p>Counts each notification once, also one that is in the reading already or is added again. The newest ids are kept
 * for that. A notification older than these makes the counts unknown; the store must be read again. Not safe for use by
 * several threads.
 */
final class UnseenTally {

    private final int cap;
    private final TreeSet<String> counted = new TreeSet<>();
    private String horizon = "";
    private UnseenCounts counts;

    /** @param cap how many are counted exactly */
    UnseenTally(int cap) {
        this.cap = cap;
    }

    /** Returns the counts; empty while they are unknown. */
    Optional<UnseenCounts> counts() {
        return Optional.ofNullable(counts);
    }

    /** Takes what the store said. */
    void install(UnseenReading reading) {
        counts = reading.counts();
        counted.clear();
        counted.addAll(reading.newest());
        horizon = reading.horizon();
    }

    /** Counts a notification that the store has and its user has not seen. */
    void add(String id, String type) {
        if (counts == null || counted.contains(id)) {
            return;
        }
        if (id.compareTo(horizon) <= 0) {
            forget();
            return;
        }
        counts = counts.plus(type, cap);
        counted.add(id);
        if (counted.size() > UnseenReading.NEWEST) {
            horizon = counted.pollFirst();
        }
    }

    /** Makes the counts unknown. */
    void forget() {
        counts = null;
        counted.clear();
    }
}
