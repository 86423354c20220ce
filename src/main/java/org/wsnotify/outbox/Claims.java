package org.wsnotify.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Claims entries of an outbox and keeps the claims alive.
 *
 * <p>A lease lasts a minute and is renewed every 20 seconds while the entry is being sent. If this server dies, another
 * one takes the entry when the lease ends. A server that was stopped meanwhile does not send any more: see {@link
 * #permit}. Safe for use by many threads.
 *
 * @param <T> what is owed
 */
public final class Claims<T> {
    private static final Logger LOG = System.getLogger(Claims.class.getName());

    static final Duration LEASE = Duration.ofSeconds(60);
    static final Duration RENEWAL = Duration.ofSeconds(20);

    /** How much of a lease must be left when a mail is handed over: longer than the mail server needs to take it. */
    static final Duration RESERVE = Duration.ofSeconds(10);

    private final Outbox<T> outbox;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Queue<ClaimedEntry<T>> leftovers = new ConcurrentLinkedQueue<>();

    /**
     * @param timer renews leases; one thread is enough. The caller shuts it down
     * @param clock the time of the store
     */
    public Claims(Outbox<T> outbox, ScheduledExecutorService timer, Clock clock) {
        this(outbox, timer, clock, System::nanoTime);
    }

    /** @param nanoTime the monotonic clock of this server */
    public Claims(Outbox<T> outbox, ScheduledExecutorService timer, Clock clock, LongSupplier nanoTime) {
        this.outbox = Objects.requireNonNull(outbox, "outbox");
        this.timer = Objects.requireNonNull(timer, "timer");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /** Claims the entry that has been due the longest, and renews its lease until it is settled. */
    Optional<ClaimedEntry<T>> next() {
        long requested = nanoTime.getAsLong();
        return outbox.claim(now(), LEASE).flatMap(entry -> hold(entry, requested));
    }

    /**
     * Returns the permit to send a claimed entry. It is valid while enough of the lease is left, by the store's clock
     * and by the monotonic clock of this server since the lease was last requested.
     */
    SendPermit permit(ClaimedEntry<T> claim) {
        return () -> {
            ClaimLease lease = claim.lease();
            return !lease.end().minus(RESERVE).isBefore(clock.instant())
                    && nanoTime.getAsLong() - lease.requestedNanos()
                            <= LEASE.minus(RESERVE).toNanos();
        };
    }

    /**
     * Stores what became of a claimed entry.
     *
     * @throws StoreUnavailableException the outcome is kept; {@link #settleLeftovers} stores it
     */
    void settle(ClaimedEntry<T> claim, OutboxEntry<T> settled) {
        try {
            noteIfLost(claim, claim.settle(settled));
        } catch (RuntimeException | Error e) {
            leftovers.add(claim);
            throw e;
        }
    }

    /** Returns an entry to the outbox as if it had not been claimed, due now. */
    void giveBack(ClaimedEntry<T> claim) {
        settle(claim, claim.entry().givenBack(now()));
    }

    /** Stores the outcomes that could not be stored before. */
    void settleLeftovers() {
        for (ClaimedEntry<T> claim = leftovers.peek(); claim != null; claim = leftovers.peek()) {
            settleLeftover(claim);
            leftovers.remove(claim);
        }
    }

    private void settleLeftover(ClaimedEntry<T> claim) {
        try {
            noteIfLost(claim, claim.settleAgain());
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // It may fail again and must not delay the others. The timer keeps trying.
            leftovers.remove(claim);
            throw e;
        }
    }

    /** Forgets entries that are done or dead and older than {@code age}. */
    void forget(Duration age) {
        outbox.forget(now().minus(age));
    }

    /** Returns the time in milliseconds, as stores keep it: a lease is recognised by its stored end. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Returns the monotonic time of this server, in nanoseconds. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    private Optional<ClaimedEntry<T>> hold(OutboxEntry<T> entry, long requestedNanos) {
        ClaimedEntry<T> claim = new ClaimedEntry<>(outbox, entry, requestedNanos);
        try {
            claim.renewedBy(timer.scheduleWithFixedDelay(
                    () -> keep(claim), RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS));
            return Optional.of(claim);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The timer has stopped: outbox entry {0} is returned", entry.id());
            giveBack(claim);
            return Optional.empty();
        }
    }

    private void keep(ClaimedEntry<T> claim) {
        try {
            if (claim.hasOutcomeLeft()) {
                noteIfLost(claim, claim.settleAgain());
            } else {
                long requested = nanoTime.getAsLong();
                claim.renew(now().plus(LEASE), requested);
            }
        } catch (RuntimeException | Error e) {
            // A failure must not end the renewals: the next one tries again. The drain logs that the store is down.
            noteNotRenewed(claim, e);
        }
    }

    /** Never throws: if memory is short, a line may be missing, but not the next renewal. */
    private static void noteNotRenewed(ClaimedEntry<?> claim, Throwable why) {
        try {
            LOG.log(
                    Level.DEBUG,
                    "The lease of outbox entry {0} was not renewed: {1}",
                    claim.entry().id(),
                    why);
        } catch (RuntimeException | Error e) {
            // Logging failed too: nothing more can be done.
        }
    }

    private static void noteIfLost(ClaimedEntry<?> claim, boolean stored) {
        if (!stored) {
            LOG.log(
                    Level.WARNING,
                    "The claim on outbox entry {0} was lost to another server before its outcome was stored",
                    claim.entry().id());
        }
    }
}
