package org.wsnotify.channel;

import java.time.Duration;

/**
 * How long a client may take to read what was sent to it since its last sign of life. The buffers of the network take
 * megabytes at once, and the answer to a ping comes only after what was sent before it. So a client on a slow link is
 * not silent while it reads.
 *
 * <p>All times are milliseconds, and those of the clock are since 1970. Not safe for use by several threads: its {@link
 * OutgoingQueue} locks.
 */
final class ReadingTime {

    /** The largest answer, of about four million characters. Nothing more waits in the buffers of the network. */
    static final Duration MOST = Duration.ofSeconds(128);

    private final int charactersASecond;
    private long readBy;
    private long sinceHeard;

    /** @param charactersASecond how fast the slowest client reads */
    ReadingTime(int charactersASecond) {
        this.charactersASecond = charactersASecond;
    }

    /** Text is sent now. */
    void sent(long characters, long now) {
        long takes = of(characters);
        readBy = Math.min(Math.max(readBy, now) + takes, now + MOST.toMillis());
        sinceHeard = Math.min(sinceHeard + takes, MOST.toMillis());
    }

    /** The client gives a sign of life now. It may not have read all yet. */
    void heard(long now) {
        sinceHeard = Math.max(0, readBy - now);
    }

    /** Returns the time for what was sent since the last sign of life, and for what may not have been read then. */
    long sinceHeard() {
        return sinceHeard;
    }

    long of(long characters) {
        return characters * 1000 / charactersASecond;
    }
}
