package org.wsnotify.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.wsnotify.inbox.StoreUnavailableException;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.OutboxEntry.State;

/**
 * Sends what is due in the outbox.
 *
 * <p>{@link #drain} is called after something was owed and every few seconds. There is one drain at a time: whoever asks during
 * one returns at once, and that drain looks again. A drain never throws because the store or the mail server is down: it says so
 * once, and what is owed waits for the next one. When the mail server lets us down the drain ends, and for a few seconds no other
 * one asks it again.
 *
 * <p>Safe for use by many threads. After {@link #stop} nothing more is claimed.
 */
public final class OutboxWorker {
    private static final Logger LOG = System.getLogger(OutboxWorker.class.getName());

    static final Duration PAUSE = Duration.ofSeconds(5);
    static final Duration REMEMBERED = Duration.ofDays(7);

    private final Claims claims;
    private final Mailer mailer;
    private final Settlement settlement;
    private final Outage storeOutage = new Outage("The store is not available");
    private final Outage mailOutage = new Outage("The mail server is not available");
    private final ReentrantLock draining = new ReentrantLock();
    private final AtomicBoolean requested = new AtomicBoolean();

    private volatile boolean stopping;
    private volatile Instant pausedUntil = Instant.MIN;

    public OutboxWorker(Claims claims, Mailer mailer, Settlement settlement) {
        this.claims = Objects.requireNonNull(claims, "claims");
        this.mailer = Objects.requireNonNull(mailer, "mailer");
        this.settlement = Objects.requireNonNull(settlement, "settlement");
    }

    /** Sends everything that is due; returns at once when that is being done already. */
    public void drain() {
        requested.set(true);
        // Looks again after unlocking: a request that came in between would be lost otherwise.
        while (requested.get() && draining.tryLock()) {
            try {
                while (requested.getAndSet(false)) {
                    round();
                }
            } finally {
                draining.unlock();
            }
        }
    }

    /** Forgets entries that were done or dead a week ago. */
    public void forget() {
        try {
            claims.forget(REMEMBERED);
        } catch (StoreUnavailableException e) {
            storeOutage.began(e.getMessage());
        }
    }

    /**
     * Claims nothing more, and waits for the mail under way.
     *
     * @param patience how long to wait; when that is not enough, the lease of that mail ends and another server takes it
     * @return whether nothing is under way any more
     */
    public boolean stop(Duration patience) {
        stopping = true;
        try {
            if (!draining.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            draining.unlock();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void round() {
        if (stopping || claims.now().isBefore(pausedUntil)) {
            return;
        }
        try (Postman postman = new Postman(mailer, settlement, mailOutage)) {
            claims.settleLeftovers();
            while (!stopping && deliverNext(postman)) {
                storeOutage.over();
            }
        } catch (StoreUnavailableException e) {
            storeOutage.began(e.getMessage());
        }
    }

    /** @return whether to go on with the next */
    private boolean deliverNext(Postman postman) {
        Optional<Claim> next = claims.next();
        storeOutage.over();
        if (next.isEmpty()) {
            return false;
        }
        Claim claim = next.get();
        if (stopping) {
            claims.giveBack(claim);
            return false;
        }
        deliver(claim, postman);
        return !postman.wasTurnedAway();
    }

    private void deliver(Claim claim, Postman postman) {
        OutboxEntry before = claim.entry();
        OutboxEntry after = postman.attempt(before);
        if (postman.wasTurnedAway()) {
            pausedUntil = claims.now().plus(PAUSE);
        }
        log(after);
        settlement.count(before, after);
        claims.settle(claim, after);
    }

    private static void log(OutboxEntry entry) {
        LOG.log(
                entry.state() == State.DEAD ? Level.WARNING : Level.DEBUG,
                "Mail {0} is {1} after attempt {2}: {3} sent, {4} refused, {5} present, {6} waiting; {7}",
                entry.id(),
                entry.state(),
                entry.attempts(),
                Settlement.having(entry, Outcome.SENT),
                Settlement.having(entry, Outcome.REFUSED),
                Settlement.having(entry, Outcome.PRESENT),
                entry.waiting().size(),
                entry.lastAnswer());
    }
}
