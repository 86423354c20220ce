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
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.OutboxEntry.State;

/**
 * Sends what is due in the outbox.
 *
 * <p>{@link #drain} is called after something was owed and every few seconds. There is one drain at a time: whoever
 * asks during one returns at once, and that drain looks again. A drain never throws, since a server may take a timer
 * away from whoever does: that the store or the mail server is down, or whatever else goes wrong, is said once, and
 * what is owed waits for the next one. When the mail server lets us down the drain ends, and for a few seconds no other
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
    private final AttemptOutcome settlement;
    private final OutageLog storeOutage = new OutageLog("The store is not available");
    private final OutageLog mailOutage = new OutageLog("The mail server is not available");
    private final OutageLog trouble = new OutageLog("The outbox cannot be worked");
    private final ReentrantLock draining = new ReentrantLock();
    private final AtomicBoolean requested = new AtomicBoolean();

    private volatile boolean stopping;
    private volatile Instant pausedUntil = Instant.MIN;

    public OutboxWorker(Claims claims, Mailer mailer, AttemptOutcome settlement) {
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
        if (!stopping) {
            guarded(() -> claims.forget(REMEMBERED));
        }
    }

    /** Claims nothing more. */
    public void stop() {
        stopping = true;
    }

    /**
     * Claims nothing more, and waits for the mail under way.
     *
     * @param patience how long to wait; when that is not enough, the lease of that mail ends and another server takes
     *     it
     * @return whether nothing is under way any more
     */
    public boolean stop(Duration patience) {
        stop();
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
        guarded(() -> {
            try (MailSender postman = new MailSender(mailer, settlement, mailOutage)) {
                claims.settleLeftovers();
                while (!stopping && deliverNext(postman)) {
                    storeOutage.over();
                }
            }
            trouble.over();
        });
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            storeOutage.began(e.getMessage());
        } catch (RuntimeException | Error e) {
            say(e);
        }
    }

    /** Never throws: while memory is short a line may be missing, but a timer must not end. */
    private void say(Throwable thrown) {
        try {
            // Its message may hold a mail, so it is not logged.
            trouble.began(thrown.getClass().getName() + place(thrown));
        } catch (RuntimeException | Error e) {
            // Nothing is left to say it with.
        }
    }

    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    /** @return whether to go on with the next */
    private boolean deliverNext(MailSender postman) {
        Optional<Claim> next = claims.next();
        storeOutage.over();
        if (next.isEmpty()) {
            return false;
        }
        try {
            return deliver(next.get(), postman);
        } catch (RuntimeException | Error e) {
            next.get().abandon();
            throw e;
        }
    }

    private boolean deliver(Claim claim, MailSender postman) {
        if (stopping) {
            claims.giveBack(claim);
            return false;
        }
        Optional<Instant> later = settlement.waitsUntil(claim.entry());
        if (later.isPresent()) {
            claims.giveBack(claim, later.get());
            return true;
        }
        send(claim, postman);
        return !postman.wasTurnedAway();
    }

    private void send(Claim claim, MailSender postman) {
        OutboxEntry before = claim.entry();
        OutboxEntry after = postman.attempt(before);
        if (postman.wasTurnedAway()) {
            pausedUntil = claims.now().plus(PAUSE);
        }
        try {
            claims.settle(claim, after);
        } finally { // it came about, also when it could not be stored
            log(after, before.attempts());
            settlement.count(before, after);
        }
    }

    private static void log(OutboxEntry entry, int attempt) {
        LOG.log(
                level(entry),
                "Mail {0} is {1} after attempt {2}: {3} sent, {4} refused, {5} present, {6} waiting; {7}",
                entry.id(),
                entry.state(),
                attempt,
                AttemptOutcome.having(entry, Outcome.SENT),
                AttemptOutcome.having(entry, Outcome.REFUSED),
                AttemptOutcome.having(entry, Outcome.PRESENT),
                entry.waiting().size(),
                entry.lastAnswer());
    }

    /** That somebody was there to see a notification is no event. */
    private static Level level(OutboxEntry entry) {
        if (entry.state() == State.DEAD) {
            return Level.WARNING;
        }
        boolean allPresent = AttemptOutcome.having(entry, Outcome.PRESENT)
                == entry.addressees().size();
        return allPresent ? Level.DEBUG : Level.INFO;
    }
}
