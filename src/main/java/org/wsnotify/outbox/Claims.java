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
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Claims entries of the outbox and keeps the claims alive.
 *
 * <p>A lease is a minute and is renewed every 20 seconds while a mail is under way: when this server dies, another one
 * takes the entry a minute later. Safe for use by many threads.
 */
public final class Claims {
    private static final Logger LOG = System.getLogger(Claims.class.getName());

    static final Duration LEASE = Duration.ofSeconds(60);
    static final Duration RENEWAL = Duration.ofSeconds(20);

    private final Outbox outbox;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Queue<Claim> leftovers = new ConcurrentLinkedQueue<>();

    /** @param timer renews leases, one thread is enough; the caller ends it */
    public Claims(Outbox outbox, ScheduledExecutorService timer, Clock clock) {
        this.outbox = Objects.requireNonNull(outbox, "outbox");
        this.timer = Objects.requireNonNull(timer, "timer");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Claims the entry that has been due the longest, and renews the claim until it is settled. */
    Optional<Claim> next() {
        return outbox.claim(now(), LEASE).flatMap(this::hold);
    }

    /**
     * Stores what became of a claimed entry.
     *
     * @throws StoreUnavailableException it is kept, and stored by {@link #settleLeftovers}
     */
    void settle(Claim claim, OutboxEntry settled) {
        try {
            noteIfLost(claim, claim.settle(settled));
        } catch (RuntimeException | Error e) {
            leftovers.add(claim);
            throw e;
        }
    }

    /** Gives an entry back as if it had not been claimed. */
    void giveBack(Claim claim) {
        giveBack(claim, now());
    }

    /** The same, for another time. */
    void giveBack(Claim claim, Instant dueAt) {
        settle(claim, claim.entry().givenBack(dueAt));
    }

    /** Stores the outcomes that could not be stored when they came about. */
    void settleLeftovers() {
        for (Claim claim = leftovers.peek(); claim != null; claim = leftovers.peek()) {
            settleLeftover(claim);
            leftovers.remove(claim);
        }
    }

    private void settleLeftover(Claim claim) {
        try {
            noteIfLost(claim, claim.settleAgain());
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException | Error e) { // it may fail again and hold up the others: the timer goes on trying
            leftovers.remove(claim);
            throw e;
        }
    }

    /** Forgets what was done with long ago. */
    void forget(Duration age) {
        outbox.forget(now().minus(age));
    }

    /** The time as stores keep it: a lease is recognised by its end, which must survive being stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Optional<Claim> hold(OutboxEntry entry) {
        Claim claim = new Claim(outbox, entry);
        try {
            claim.renewedBy(timer.scheduleWithFixedDelay(
                    () -> keep(claim), RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS));
            return Optional.of(claim);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The timer has stopped: mail {0} is given back", entry.id());
            giveBack(claim);
            return Optional.empty();
        }
    }

    private void keep(Claim claim) {
        try {
            if (claim.hasOutcomeLeft()) {
                noteIfLost(claim, claim.settleAgain());
            } else {
                claim.renew(now().plus(LEASE));
            }
        } catch (RuntimeException | Error e) {
            // The next turn, which a failure must not end, tries again, and the drain says that the store is down.
            noteNotRenewed(claim, e);
        }
    }

    /** Never throws: while memory is short a line may be missing, but not the next renewal. */
    private static void noteNotRenewed(Claim claim, Throwable why) {
        try {
            LOG.log(
                    Level.DEBUG,
                    "The lease of mail {0} was not renewed: {1}",
                    claim.entry().id(),
                    why);
        } catch (RuntimeException | Error e) {
            // Nothing is left to say it with.
        }
    }

    private static void noteIfLost(Claim claim, boolean stored) {
        if (!stored) {
            LOG.log(
                    Level.WARNING,
                    "The claim on mail {0} was lost to another server before its outcome was stored",
                    claim.entry().id());
        }
    }
}
