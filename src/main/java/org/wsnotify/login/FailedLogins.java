package org.wsnotify.login;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The failures of one kind of subject (an address, a login, or a login from an address), held against one limit.
 *
 * <p>Safe for use by many threads. No thread waits for a delay: it is a time before which nothing is looked at. A fixed
 * number of subjects is remembered; the least recently used is forgotten, which for the one under attack is never.
 */
public final class FailedLogins {
    private final FailureLimit limit;
    private final Map<String, Failures> bySubject;

    /** @param maxTracked subjects that are remembered */
    public FailedLogins(FailureLimit limit, int maxTracked) {
        this.limit = limit;
        this.bySubject = new RecentlyUsed<>(maxTracked);
    }

    /** How long nothing of this subject is looked at, from now on; zero when it is looked at. */
    public Duration waitFor(String subject, Instant now) {
        return waitFor(subject, now, limit.window());
    }

    /** The same for a subject that waits for no longer than this after its last failure. */
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

    /** A map of bounded size, in the order of use. */
    static final class RecentlyUsed<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;
        private final int most;

        RecentlyUsed(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
        }
    }
}
