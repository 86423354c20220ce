package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * A claim on one entry, held until the entry is settled.
 *
 * <p>The worker settles it, the timer renews its lease meanwhile; one at a time. When the store could not be reached,
 * it is not known whether the last renewal was stored: both forms of the entry are tried then. When an outcome could
 * not be stored, the claim keeps it and stores it later, so that a mail that was sent is not sent again.
 */
final class Claim {
    private final Outbox outbox;

    private OutboxEntry known;
    private OutboxEntry unsure;
    private OutboxEntry outcome;
    private Future<?> renewals;
    private boolean over;

    Claim(Outbox outbox, OutboxEntry claimed) {
        this.outbox = outbox;
        this.known = claimed;
    }

    /** The entry as it was claimed, with its present lease. */
    synchronized OutboxEntry entry() {
        return known;
    }

    /** What ends with the claim. */
    synchronized void renewedBy(Future<?> timer) {
        renewals = timer;
        if (over) {
            timer.cancel(false);
        }
    }

    /** Prolongs the lease, unless the claim is over or was lost. */
    synchronized void renew(Instant leaseEnd) {
        if (over || outcome != null) {
            return;
        }
        OutboxEntry longer = known.retryAt(leaseEnd, known.lastAnswer());
        try {
            Optional<OutboxEntry> renewed = outbox.renew(known, leaseEnd);
            if (renewed.isEmpty() && unsure != null) {
                renewed = outbox.renew(unsure, leaseEnd);
            }
            unsure = null;
            renewed.ifPresentOrElse(entry -> known = entry, this::stopRenewals);
        } catch (StoreUnavailableException e) {
            unsure = longer;
            throw e;
        }
    }

    /**
     * Stores the outcome.
     *
     * @return false when the claim was lost to somebody else: nothing was stored
     * @throws StoreUnavailableException the outcome is kept; {@link #settleAgain} stores it
     */
    synchronized boolean settle(OutboxEntry settled) {
        outcome = settled;
        return settleAgain();
    }

    /** Stores the outcome that could not be stored before; true also when there is none. */
    synchronized boolean settleAgain() {
        if (over || outcome == null) {
            return true;
        }
        boolean stored = eitherForm(form -> outbox.settle(form, outcome));
        over = true;
        stopRenewals();
        return stored;
    }

    /** Does nothing more with an entry that has no outcome: it is due again when its lease ends. */
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

    private boolean eitherForm(Predicate<OutboxEntry> action) {
        return action.test(known) || (unsure != null && action.test(unsure));
    }

    private void stopRenewals() {
        if (renewals != null) {
            renewals.cancel(false);
        }
    }
}
