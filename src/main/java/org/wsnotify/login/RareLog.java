package org.wsnotify.login;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Warns of what strangers can cause as often as they like, at most once in a while.
 *
 * <p>The first warning is logged at once; the ones that follow too soon are counted, and the number stands in the next line. Safe for
 * use by many threads.
 */
public final class RareLog {
    private final Logger log;
    private final Duration atMostEvery;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private long leftOut;

    public RareLog(Logger log, Duration atMostEvery, Clock clock) {
        this.log = log;
        this.atMostEvery = atMostEvery;
        this.clock = clock;
    }

    /** Logs one line, or counts it. */
    public void warn(String line) {
        long before;
        synchronized (this) {
            Instant now = clock.instant();
            if (now.isBefore(next)) {
                leftOut++;
                return;
            }
            next = now.plus(atMostEvery);
            before = leftOut;
            leftOut = 0;
        }
        log.log(Level.WARNING, before == 0 ? line : line + " (" + before + " more warnings since the last one)");
    }
}
