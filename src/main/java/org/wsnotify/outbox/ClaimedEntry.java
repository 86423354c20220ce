package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * An entry that this server has claimed, held until it is settled.
 *
 * <p>The worker settles it; meanwhile the timer renews its lease. If the store cannot be reached during a renewal, the
 * renewal may have been stored or not: both forms of the entry are tried then. If an outcome cannot be stored, it is
 * kept and stored later, so that nothing is sent twice. Safe for use by many threads.
 *
 * @param <T> what is owed
 */
final class ClaimedEntry<T> {
    private final Outbox<T> outbox;

    /** Read without the lock: a renewal holds it while it waits for the store. */
    private volatile ClaimLease lease;

    private OutboxEntry<T> known;
    private OutboxEntry<T> unconfirmed;
    private OutboxEntry<T> outcome;
    private Future<?> renewals;
    private boolean over;

    /** @param requestedNanos the monotonic time before the claim was requested */
    ClaimedEntry(Outbox<T> outbox, OutboxEntry<T> claimed, long requestedNanos) {
        this.outbox = outbox;
        this.known = claimed;
        this.lease = new ClaimLease(claimed.dueAt(), requestedNanos);
    }

    /** Returns the lease as the store last confirmed it. Does not block. */
    ClaimLease lease() {
        return lease;
    }

    /** Returns the entry as it was claimed, with its present lease. */
    synchronized OutboxEntry<T> entry() {
        return known;
    }

    /** Sets the renewals, which are cancelled when the claim ends. */
    synchronized void renewedBy(Future<?> timer) {
        renewals = timer;
        if (over) {
            timer.cancel(false);
        }
    }

    /**
     * Extends the lease, unless the claim has ended or was lost.
     *
     * @param requestedNanos the monotonic time before this call
     */
    synchronized void renew(Instant leaseEnd, long requestedNanos) {
        if (over || outcome != null) {
            return;
        }
        OutboxEntry<T> longer = known.retryAt(leaseEnd, known.lastAnswer());
        try {
            Optional<OutboxEntry<T>> renewed = outbox.renew(known, leaseEnd);
            if (renewed.isEmpty() && unconfirmed != null) {
                renewed = outbox.renew(unconfirmed, leaseEnd);
            }
            unconfirmed = null;
            renewed.ifPresentOrElse(entry -> renewed(entry, requestedNanos), this::lost);
        } catch (StoreUnavailableException e) {
            unconfirmed = longer;
            throw e;
        }
    }

    /**
     * Stores the outcome.
     *
     * @return false if the claim was lost to another server; nothing was stored then
     * @throws StoreUnavailableException the outcome is kept; {@link #settleAgain} stores it
     */
    synchronized boolean settle(OutboxEntry<T> settled) {
        outcome = settled;
        return settleAgain();
    }

    /** Stores the outcome that could not be stored before. Returns true also if there is none. */
    synchronized boolean settleAgain() {
        if (over || outcome == null) {
            return true;
        }
        boolean stored = eitherForm(form -> outbox.settle(form, outcome));
        over = true;
        stopRenewals();
        return stored;
    }

    /** Ends the claim on an entry that has no outcome: it is due again when its lease ends. */
    synchronized void abandon() {
        if (outcome == null) {
            over = true;
            stopRenewals();
        }
    }

    /** Whether an outcome waits for the store. */
    synchronized boolean hasOutcomeLeft() {
        return !over && outcome != null;
    }

    private void renewed(OutboxEntry<T> entry, long requestedNanos) {
        known = entry;
        lease = new ClaimLease(entry.dueAt(), requestedNanos);
    }

    private void lost() {
        lease = new ClaimLease(Instant.EPOCH, lease.requestedNanos());
        stopRenewals();
    }

    private boolean eitherForm(Predicate<OutboxEntry<T>> action) {
        return action.test(known) || (unconfirmed != null && action.test(unconfirmed));
    }

    private void stopRenewals() {
        if (renewals != null) {
            renewals.cancel(false);
        }
    }
}
