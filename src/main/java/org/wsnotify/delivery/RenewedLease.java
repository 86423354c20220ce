package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps something claimed in the store while this server works on it.
 *
 * <p>If the claim cannot be renewed because the store is down or the server stops, it ends with its lease.
 */
final class RenewedLease {

    /** How long it stays claimed after its server has died. */
    static final Duration LENGTH = Duration.ofMinutes(1);

    private static final Duration RENEWAL = Duration.ofSeconds(20);
    private static final System.Logger LOG = System.getLogger(RenewedLease.class.getName());

    private final Optional<Future<?>> renewals;

    private RenewedLease(Optional<Future<?>> renewals) {
        this.renewals = renewals;
    }

    /**
     * Begins to renew a claim that was just made.
     *
     * @param renewal moves the end of the lease in the store, which may block
     * @param clock the store's
     */
    static RenewedLease keep(Consumer<Instant> renewal, Clock clock, ScheduledExecutorService timer) {
        try {
            return new RenewedLease(Optional.of(timer.scheduleWithFixedDelay(
                    () -> renew(renewal, clock), RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (RejectedExecutionException e) { // the server stops, and waits for this publication
            return new RenewedLease(Optional.empty());
        }
    }

    private static void renew(Consumer<Instant> renewal, Clock clock) {
        try {
            renewal.accept(clock.instant().plus(LENGTH));
        } catch (RuntimeException e) { // the next turn tries again
            LOG.log(System.Logger.Level.DEBUG, "the claim of a publication was not renewed: {0}", e.toString());
        }
    }

    /** Ends the renewals. */
    void end() {
        renewals.ifPresent(future -> future.cancel(false));
    }
}
