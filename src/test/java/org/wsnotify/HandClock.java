package org.wsnotify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it, or moves a little with each look at it. */
public final class HandClock extends Clock {

    private volatile Instant now = Instant.parse("2026-03-01T12:00:00.123Z");
    private volatile Duration tick = Duration.ZERO;

    /** Lets time pass. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Lets so much time pass with each look: nothing happens at the same instant any more. */
    public void ticks(Duration time) {
        tick = time;
    }

    @Override
    public synchronized Instant instant() {
        now = now.plus(tick);
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
