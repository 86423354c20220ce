package org.wsnotify.servlet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Passes one exception a minute to a log, with the number suppressed since the last one. Records without an exception
 * always pass.
 *
 * <p>Safe for use by many threads.
 */
final class RareTroubles implements Filter {

    private static final Duration SPAN = Duration.ofMinutes(1);

    private final Filter before;
    private final Clock clock;
    private Instant end = Instant.MIN;
    private long leftOut;

    /** @param before another filter that must also pass a record; null for none */
    RareTroubles(Filter before, Clock clock) {
        this.before = before;
        this.clock = clock;
    }

    /** Returns the filter that this one replaced; null for none. */
    Filter before() {
        return before;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        if (before != null && !before.isLoggable(record)) {
            return false;
        }
        return !isTrouble(record) || isDue(record);
    }

    /** Payara writes some exceptions into the message itself. */
    private static boolean isTrouble(LogRecord record) {
        return record.getLevel().intValue() >= Level.WARNING.intValue()
                && (record.getThrown() != null
                        || String.valueOf(record.getMessage()).contains("\n\tat "));
    }

    private synchronized boolean isDue(LogRecord record) {
        Instant now = clock.instant();
        if (now.isBefore(end)) {
            leftOut++;
            return false;
        }
        end = now.plus(SPAN);
        if (leftOut > 0) {
            record.setMessage(record.getMessage() + " (" + leftOut + " more since the last one)");
            leftOut = 0;
        }
        return true;
    }
}
