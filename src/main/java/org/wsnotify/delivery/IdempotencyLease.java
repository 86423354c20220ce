package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps an {@code Idempotency-Key} claimed while its publication is under way.
 *
 * <p>If the claim cannot be renewed because the store is down or the server stops, it ends with its lease.
 */
final class IdempotencyLease {

    /** How long a key stays claimed after its server has died. */
    static final Duration LENGTH = Duration.ofMinutes(1);

    private static final Duration RENEWAL = Duration.ofSeconds(20);
    private static final System.Logger LOG = System.getLogger(IdempotencyLease.class.getName());

    private final Optional<Future<?>> renewals;

    private IdempotencyLease(Optional<Future<?>> renewals) {
        this.renewals = renewals;
    }

    static IdempotencyLease keep(String key, IdempotencyStore store, Clock clock, ScheduledExecutorService timer) {
        Runnable renewal = () -> renew(key, store, clock);
        try {
            return new IdempotencyLease(Optional.of(timer.scheduleWithFixedDelay(
                    renewal, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (RejectedExecutionException e) { // the server stops, and waits for this publication
            return new IdempotencyLease(Optional.empty());
        }
    }

    private static void renew(String key, IdempotencyStore store, Clock clock) {
        try {
            store.renew(key, clock.instant().plus(LENGTH));
        } catch (RuntimeException e) { // the next turn tries again
            LOG.log(System.Logger.Level.DEBUG, "the claim of an idempotency key was not renewed: {0}", e.toString());
        }
    }

    /** Ends the renewals. */
    void end() {
        renewals.ifPresent(future -> future.cancel(false));
    }
}
