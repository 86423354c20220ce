package org.wsnotify.login;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Logs events that anybody can cause, without letting them flood the log.
 *
 * <p>Each span of time has room for some lines, which are logged at once. Further ones are counted, and the next line
 * that is logged states their number. Safe for use by many threads.
 */
public final class RareLog {
    private final Logger log;
    private final Level level;
    private final int most;
    private final Duration span;
    private final Clock clock;
    private Instant end = Instant.MIN;
    private int logged;
    private long leftOut;

    /** Creates a log of warnings, with at most one line in each span. */
    public RareLog(Logger log, Duration atMostEvery, Clock clock) {
        this(log, Level.WARNING, 1, atMostEvery, clock);
    }

    /** @param most the most lines in a span of time */
    public RareLog(Logger log, Level level, int most, Duration span, Clock clock) {
        this.log = log;
        this.level = level;
        this.most = most;
        this.span = span;
        this.clock = clock;
    }

    /** Logs one line, or counts it. */
    public void tell(String line) {
        long before;
        synchronized (this) {
            Instant now = clock.instant();
            if (!now.isBefore(end)) {
                end = now.plus(span);
                logged = 0;
            }
            if (logged == most) {
                leftOut++;
                return;
            }
            logged++;
            before = leftOut;
            leftOut = 0;
        }
        log.log(level, before == 0 ? line : line + " (" + before + " more since the last one)");
    }
}
