package org.wsnotify.outbox;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When publications with held mail were pushed on this server, by its own clock. Forgets the oldest. Safe for use by
 * many threads.
 */
final class RecentPushes {

    /** The time of a push that failed: no sign of life is later. */
    static final Instant NEVER = Instant.MAX;

    private static final int MOST_REMEMBERED = 50_000;

    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Instant> pushed = new LinkedHashMap<>();

    synchronized void begin(String publication) {
        underWay.add(publication);
    }

    /** Notes the end of a push, or {@link #NEVER}. Does nothing if the push has not begun. */
    synchronized void end(String publication, Instant when) {
        if (underWay.remove(publication)) {
            remember(publication, when);
        }
    }

    synchronized void remember(String publication, Instant when) {
        pushed.remove(publication);
        pushed.put(publication, when);
        if (pushed.size() > MOST_REMEMBERED) {
            pushed.remove(pushed.keySet().iterator().next());
        }
    }

    synchronized boolean isUnderWay(String publication) {
        return underWay.contains(publication);
    }

    /** Returns when a publication was pushed here, or {@link #NEVER}; empty if that is not known. */
    synchronized Optional<Instant> of(String publication) {
        return Optional.ofNullable(pushed.get(publication));
    }
}
