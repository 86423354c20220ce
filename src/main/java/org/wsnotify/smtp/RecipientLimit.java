package org.wsnotify.smtp;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many recipients the mail server takes in one mail, as far as it said so.
 *
 * <p>Unlimited at first. What a server refused is remembered for an hour: then a larger envelope is tried again, since
 * the limit may have been raised. Safe for use by many threads.
 */
final class RecipientLimit {
    static final Duration REMEMBERED = Duration.ofHours(1);

    private final LongSupplier nanoTime;
    private int most = Integer.MAX_VALUE;
    private long learnedAt;

    /** @param nanoTime as {@link System#nanoTime} */
    RecipientLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Most recipients of the next mail. */
    synchronized int most() {
        if (nanoTime.getAsLong() - learnedAt > REMEMBERED.toNanos()) {
            most = Integer.MAX_VALUE;
        }
        return most;
    }

    /** The mail server took so many recipients, at least one, and no more. */
    synchronized void learn(int taken) {
        most = taken;
        learnedAt = nanoTime.getAsLong();
    }
}
