package org.wsnotify.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;

class RareTroublesTest {

    private final HandClock clock = new HandClock();
    private final RareTroubles filter = new RareTroubles(null, clock);

    @Test
    void oneExceptionAMinutePassesWithTheNumberSuppressed() {
        assertThat(filter.isLoggable(trouble())).isTrue();
        assertThat(filter.isLoggable(trouble())).isFalse();
        assertThat(filter.isLoggable(trouble())).isFalse();

        clock.pass(Duration.ofMinutes(1));
        LogRecord next = trouble();
        assertThat(filter.isLoggable(next)).isTrue();
        assertThat(next.getMessage()).isEqualTo("it broke off (2 more since the last one)");
    }

    @Test
    void stackTraceInsideAMessageCountsAsException() {
        String message = "it broke off\njava.io.IOException\n\tat a.B.c(B.java:1)";

        assertThat(filter.isLoggable(new LogRecord(Level.WARNING, message))).isTrue();
        assertThat(filter.isLoggable(new LogRecord(Level.WARNING, message))).isFalse();
    }

    @Test
    void recordsWithoutExceptionPass() {
        filter.isLoggable(trouble());

        assertThat(filter.isLoggable(new LogRecord(Level.WARNING, "deployed"))).isTrue();
    }

    @Test
    void earlierFilterIsStillAsked() {
        RareTroubles behind = new RareTroubles(record -> false, clock);

        assertThat(behind.isLoggable(new LogRecord(Level.INFO, "deployed"))).isFalse();
    }

    private static LogRecord trouble() {
        LogRecord record = new LogRecord(Level.WARNING, "it broke off");
        record.setThrown(new IllegalStateException());
        return record;
    }
}
