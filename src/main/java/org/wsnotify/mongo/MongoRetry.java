package org.wsnotify.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Repeats an operation that failed for a temporary reason, such as the election of a new primary.
 *
 * <p>The driver repeats an operation once, without a pause, and some operations not at all; an election takes seconds.
 * So this class repeats it with growing pauses until it succeeds, fails for good, or its time is up. It blocks the
 * caller meanwhile. After the time of one operation was up, others are tried once, and not at all without a primary,
 * until one succeeds: see {@link DatabaseOutage}.
 *
 * <p>Safe for use by many threads.
 */
final class MongoRetry {

    private static final Logger LOG = System.getLogger(MongoRetry.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Duration total;
    private final DatabaseOutage outage;
    private final LongSupplier nanoTime;
    private final Pause pause;

    MongoRetry(Duration total, DatabaseOutage outage) {
        this(total, outage, System::nanoTime, Thread::sleep);
    }

    MongoRetry(Duration total, DatabaseOutage outage, LongSupplier nanoTime, Pause pause) {
        this.total = total;
        this.outage = outage;
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
         * @param again whether the server may have carried out an earlier attempt, although it failed here
         */
        T run(boolean again);
    }

    /**
     * Runs an operation.
     *
     * @param what its name in messages
     * @throws StoreUnavailableException it failed for good or for too long, or no primary is known during an outage
     */
    <T> T call(String what, Attempt<T> attempt) {
        Optional<String> hopeless = outage.hopeless();
        if (hopeless.isPresent()) {
            throw MongoFailures.noPrimary(what, hopeless.get());
        }
        long start = nanoTime.getAsLong();
        for (long next = FIRST_PAUSE_MILLIS; ; next = Math.min(2 * next, LONGEST_PAUSE_MILLIS)) {
            try {
                T result = attempt.run(next > FIRST_PAUSE_MILLIS);
                outage.over();
                return result;
            } catch (MongoException failure) {
                long millis = next / 2 + ThreadLocalRandom.current().nextLong(next / 2 + 1);
                if (!MongoFailures.passing(failure) || givenUp(start, millis)) {
                    throw failed(what, failure);
                }
                rest(millis, what, failure);
            }
        }
    }

    /** If the driver found no server in time, its message does not help. */
    private StoreUnavailableException failed(String what, MongoException failure) {
        Optional<String> why = failure instanceof MongoTimeoutException ? outage.noPrimary() : Optional.empty();
        return why.map(reason -> MongoFailures.noPrimary(what, reason))
                .orElseGet(() -> MongoFailures.unavailable(what, failure));
    }

    /** Whether there is no further attempt: the time is up, or an outage is known. */
    private boolean givenUp(long start, long pauseMillis) {
        Duration spent = Duration.ofNanos(nanoTime.getAsLong() - start);
        if (spent.plusMillis(pauseMillis).compareTo(total) > 0) {
            outage.began();
        }
        return outage.isKnown();
    }

    private void rest(long millis, String what, MongoException failure) {
        LOG.log(
                Level.DEBUG,
                () -> "MongoDB: " + what + " is repeated after a "
                        + failure.getClass().getSimpleName());
        try {
            pause.millis(millis);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw MongoFailures.unavailable(what, failure);
        }
    }
}
