package org.wsnotify.inbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.wsnotify.notification.UnseenCounts;

/**
 * The unseen counts of users who are online, kept in memory so that a push does not cost a query.
 *
 * <p>The store is the authority. Every change of the store is bracketed by {@link #begin} and {@link Change#close}; a
 * count that was read from the store is only kept when no change overlapped the reading, and is otherwise read again.
 * Publications then add to it. What cannot be known at once is empty: it is read later.
 *
 * <p>Counts must reach a user's devices in the order in which they were true. So whoever tells them does it in a
 * callback, under the lock of the user's counts; it must not block.
 *
 * <p>Safe for use by many threads. {@link #refresh} and {@link #tell} read the store and may block; the others do not.
 */
public final class UnseenLedger {

    private static final int TRIES = 3;

    private final NotificationStore store;
    private final int cap;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    /** @param cap up to where counts are exact */
    public UnseenLedger(NotificationStore store, int cap) {
        this.store = store;
        this.cap = cap;
    }

    /** Says that the store is about to change for these users. */
    public Change begin(Collection<String> userIds) {
        Map<String, Tally> touched = new HashMap<>();
        for (String userId : userIds) {
            if (!touched.containsKey(userId)) {
                tallies.computeIfPresent(userId, (user, tally) -> {
                    tally.begin();
                    touched.put(user, tally);
                    return tally;
                });
            }
        }
        return new Change(touched);
    }

    /**
     * Reads a user's counts from the store and keeps them.
     *
     * @return the counts, and whether they are certain: no change overlapped the reading
     */
    public Reading refresh(String userId) {
        return read(userId, counts -> {});
    }

    /**
     * Reads a user's counts from the store, keeps them and tells them.
     *
     * @param tell called once: with the counts, or empty when they are not certain
     * @return what was read
     */
    public Reading tell(String userId, Consumer<Optional<UnseenCounts>> tell) {
        Reading reading = read(userId, counts -> tell.accept(Optional.of(counts)));
        if (!reading.certain()) {
            tell.accept(Optional.empty());
        }
        return reading;
    }

    private Reading read(String userId, Consumer<UnseenCounts> ifCertain) {
        Tally tally = tallies.computeIfAbsent(userId, user -> new Tally());
        UnseenCounts counts = UnseenCounts.NONE;
        for (int i = 0; i < TRIES; i++) {
            long version = tally.version();
            counts = store.counts(userId, cap);
            if (tally.install(version, counts, ifCertain)) {
                return new Reading(counts, true);
            }
        }
        tally.doubt();
        return new Reading(counts, false);
    }

    /** Forgets users who are not online any more, except where a change is under way. */
    public void retain(Predicate<String> online) {
        for (String userId : tallies.keySet()) {
            if (!online.test(userId)) {
                tallies.computeIfPresent(userId, (user, tally) -> tally.changing() ? tally : null);
            }
        }
    }

    /** How many users are kept. */
    public int size() {
        return tallies.size();
    }

    /**
     * What the store said.
     *
     * @param counts the counts
     * @param certain false when a change may have come between: then they must be read again soon
     */
    public record Reading(UnseenCounts counts, boolean certain) {}

    /** A change of the store under way. */
    public static final class Change implements AutoCloseable {
        private final Map<String, Tally> touched;

        private Change(Map<String, Tally> touched) {
            this.touched = touched;
        }

        /**
         * One more unseen notification of a user was stored.
         *
         * @param tell called once, with the user's counts after it; empty when they must be read from the store
         */
        public void published(String userId, String type, Consumer<Optional<UnseenCounts>> tell) {
            Tally tally = touched.get(userId);
            if (tally == null) {
                tell.accept(Optional.empty());
            } else {
                tally.add(type, tell);
            }
        }

        /** The change failed or cannot be followed: what was known of these users is in doubt. */
        public void doubt() {
            touched.values().forEach(Tally::doubt);
        }

        /** The change is over. */
        @Override
        public void close() {
            touched.values().forEach(Tally::end);
        }
    }

    private final class Tally {
        private long version;
        private int writers;
        private UnseenCounts counts;

        synchronized void begin() {
            writers++;
            version++;
        }

        synchronized void end() {
            writers--;
            version++;
        }

        /** A negative version stands for a change under way. */
        synchronized long version() {
            return writers > 0 ? -1 : version;
        }

        synchronized boolean changing() {
            return writers > 0;
        }

        synchronized boolean install(long readAt, UnseenCounts read, Consumer<UnseenCounts> tell) {
            if (writers > 0 || readAt != version) {
                return false;
            }
            counts = read;
            tell.accept(read);
            return true;
        }

        synchronized void add(String type, Consumer<Optional<UnseenCounts>> tell) {
            counts = counts == null ? null : counts.plus(type, cap);
            tell.accept(Optional.ofNullable(counts));
        }

        synchronized void doubt() {
            counts = null;
        }
    }
}
