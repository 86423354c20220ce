package org.wsnotify.channel;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a client may take to read what was sent to it since its last sign of life. The buffers of the network take
 * megabytes at once, and the answer to a ping comes only after what was sent before it. So a client on a slow link is
 * not silent while it reads.
 *
 * <p>Safe for use by many threads.
 */
final class ReadingTime {

    /** The largest answer, of about four million characters. Nothing more waits in the buffers of the network. */
    static final Duration MOST = Duration.ofSeconds(128);

    private final int charactersASecond;
    private Instant readBy = Instant.MIN;
    private Duration sinceHeard = Duration.ZERO;

    /** @param charactersASecond how fast the slowest client reads */
    ReadingTime(int charactersASecond) {
        this.charactersASecond = charactersASecond;
    }

    /** Text is sent now. */
    synchronized void sent(long characters, Instant now) {
        Duration reading = of(characters);
        readBy = earlier(later(readBy, now).plus(reading), now.plus(MOST));
        sinceHeard = sinceHeard.plus(reading);
        if (sinceHeard.compareTo(MOST) > 0) {
            sinceHeard = MOST;
        }
    }

    /** The client gives a sign of life now. It may not have read all yet. */
    synchronized void heard(Instant now) {
        sinceHeard = Duration.between(now, later(readBy, now));
    }

    /** Returns the time for what was sent since the last sign of life, and for what may not have been read then. */
    synchronized Duration sinceHeard() {
        return sinceHeard;
    }

    Duration of(long characters) {
        return Duration.ofMillis(characters * 1000 / charactersASecond);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
