package org.wsnotify.embedded;

import java.time.Duration;
import java.util.Optional;

/**
 * Remembers whether changes can be written, and logs when that changes: once, however many callers are refused. Safe
 * for use by many threads.
 */
final class WriteHealth {

    private static final System.Logger LOG = System.getLogger(WriteHealth.class.getName());

    /** A health check writes little, and may succeed where a publication still fails: so a failure counts this long. */
    private static final Duration RECENT = Duration.ofSeconds(5);

    private volatile boolean failing;
    private volatile String message;
    private volatile long failedAt;

    void succeeded() {
        if (failing) {
            failing = false;
            LOG.log(System.Logger.Level.INFO, "The embedded store can be written again");
        }
    }

    void failed(String why) {
        message = why;
        failedAt = System.nanoTime();
        if (!failing) {
            failing = true;
            LOG.log(System.Logger.Level.WARNING, "A change is refused, nothing before it is lost: {0}", why);
        }
    }

    /** Whether the last change failed. */
    boolean failing() {
        return failing;
    }

    /** Returns why the last change failed, if that was a moment ago. */
    Optional<String> recentFailure() {
        boolean recent = failing && System.nanoTime() - failedAt < RECENT.toNanos();
        return recent ? Optional.of(message) : Optional.empty();
    }
}
