package org.wsnotify.mongo;

import com.mongodb.MongoException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.wsnotify.inbox.StoreUnavailableException;

/**
 * Repeats an operation that failed for a passing reason, such as an election of a new primary.
 *
 * <p>The driver repeats once and at once, and some operations not at all; an election takes seconds. So an operation is repeated
 * here, with growing pauses, until it succeeds, fails for good, or its time is up. Blocks its caller meanwhile.
 *
 * <p>Safe for use by many threads.
 */
final class MongoRetry {

    private static final Logger LOG = System.getLogger(MongoRetry.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Duration total;
    private final LongSupplier nanoTime;
    private final Pause pause;

    MongoRetry(Duration total) {
        this(total, System::nanoTime, Thread::sleep);
    }

    MongoRetry(Duration total, LongSupplier nanoTime, Pause pause) {
        this.total = total;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    /** One attempt of an operation. */
    @FunctionalInterface
    interface Attempt<T> {
        /**
         * Tries.
         *
         * @param again whether an attempt before may have been carried out, though it failed for us
         */
        T run(boolean again);
    }

    /**
     * Runs an operation.
     *
     * @param what its name in messages
     * @throws StoreUnavailableException it failed for good, or for too long
     */
    <T> T call(String what, Attempt<T> attempt) {
        long start = nanoTime.getAsLong();
        for (long next = FIRST_PAUSE_MILLIS; ; next = Math.min(2 * next, LONGEST_PAUSE_MILLIS)) {
            try {
                return attempt.run(next > FIRST_PAUSE_MILLIS);
            } catch (MongoException failure) {
                long millis = next / 2 + ThreadLocalRandom.current().nextLong(next / 2 + 1);
                if (!MongoFailures.passing(failure)
                        || spent(start).plusMillis(millis).compareTo(total) > 0) {
                    throw MongoFailures.unavailable(what, failure);
                }
                LOG.log(
                        Level.DEBUG,
                        () -> "MongoDB: " + what + " is repeated after a "
                                + failure.getClass().getSimpleName());
                rest(millis, what, failure);
            }
        }
    }

    private Duration spent(long start) {
        return Duration.ofNanos(nanoTime.getAsLong() - start);
    }

    private void rest(long millis, String what, MongoException failure) {
        try {
            pause.millis(millis);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw MongoFailures.unavailable(what, failure);
        }
    }
}
