package org.wsnotify.login;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the failures of one kind of subject (an address, a login, or a login from an address) against one limit.
 *
 * <p>Safe for use by many threads. A delay blocks no thread: it is a time until which attempts are refused unchecked.
 * The number of remembered subjects is fixed, and the least recently used is forgotten. A subject under attack is in
 * use, so it is never forgotten.
 */
public final class FailedLogins {
    private final FailureLimit limit;
    private final Map<String, Failures> bySubject;

    /** @param maxTracked the most subjects that are remembered */
    public FailedLogins(FailureLimit limit, int maxTracked) {
        this.limit = limit;
        this.bySubject = new RecentlyUsed<>(maxTracked);
    }

    /** Returns how long attempts of this subject are refused unchecked from now on; zero if they are checked. */
    public Duration waitFor(String subject, Instant now) {
        return waitFor(subject, now, limit.window());
    }

    /** Returns the same for a subject that waits no longer than {@code longest} after its last failure. */
    synchronized Duration waitFor(String subject, Instant now, Duration longest) {
        Failures failures = current(subject, now);
        if (failures == null) {
            return Duration.ZERO;
        }
        Duration delay = limit.delayAfter(failures.count);
        Instant next = failures.last.plus(delay.compareTo(longest) < 0 ? delay : longest);
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** Counts a failure of this subject. */
    public synchronized void failed(String subject, Instant now) {
        Failures failures = current(subject, now);
        if (failures == null) {
            failures = new Failures(now.plus(limit.window()));
            bySubject.put(subject, failures);
        }
        failures.count++;
        failures.last = now;
    }

    synchronized void forget(String subject) {
        bySubject.remove(subject);
    }

    synchronized int tracked() {
        return bySubject.size();
    }

    private Failures current(String subject, Instant now) {
        Failures failures = bySubject.get(subject);
        if (failures != null && !now.isBefore(failures.windowEnd)) {
            bySubject.remove(subject);
            return null;
        }
        return failures;
    }

    private static final class Failures {
        private final Instant windowEnd;
        private Instant last = Instant.MIN;
        private int count;

        Failures(Instant windowEnd) {
            this.windowEnd = windowEnd;
        }
    }

    /** A map of bounded size that drops the least recently used entry. */
    static final class RecentlyUsed<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;
        private final int maxSize;

        RecentlyUsed(int maxSize) {
            super(16, 0.75f, true);
            this.maxSize = maxSize;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > maxSize;
        }
    }
}
