package org.wsnotify.smtp;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many recipients the mail server accepts in one mail, as far as its refusals show.
 *
 * <p>Unlimited at first. A limit is remembered for an hour; then a larger envelope is tried again, since the limit may
 * have been raised. Safe for use by many threads.
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

    /** Returns the most recipients of the next mail. */
    synchronized int most() {
        if (nanoTime.getAsLong() - learnedAt > REMEMBERED.toNanos()) {
            most = Integer.MAX_VALUE;
        }
        return most;
    }

    /** Records that the mail server accepted only so many recipients, at least one. */
    synchronized void learn(int taken) {
        most = taken;
        learnedAt = nanoTime.getAsLong();
    }
}
