package org.wsnotify.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.OutboxEntry.State;

/**
 * Sends the mail that is due in the outbox.
 *
 * <p>{@link #drain} is called after mail was owed and every few seconds. Only one drain runs at a time: a call during
 * another drain returns at once, and the running drain looks again. A drain never throws, because an application server
 * may cancel a timer that does. An outage of the store or the mail server, or any other failure, is logged once, and
 * what is owed waits for the next drain. If the mail server is unavailable, the drain ends and it is not asked again
 * for a few seconds.
 *
 * <p>Safe for use by many threads. After {@link #stop} nothing more is claimed.
 */
public final class OutboxWorker {
    private static final Logger LOG = System.getLogger(OutboxWorker.class.getName());

    static final Duration PAUSE = Duration.ofSeconds(5);
    static final Duration REMEMBERED = Duration.ofDays(7);

    private final Claims<OwedMail> claims;
    private final Mailer mailer;
    private final AttemptOutcome attemptOutcome;
    private final PresenceConfirmation presenceConfirmation;
    private final MailNeed mailNeed;
    private final OutageLog storeOutage = new OutageLog("The store is not available");
    private final OutageLog mailOutage = new OutageLog("The mail server is not available");
    private final OutageLog failure = new OutageLog("The outbox cannot be worked");
    private final ReentrantLock draining = new ReentrantLock();
    private final AtomicBoolean requested = new AtomicBoolean();

    private volatile boolean stopping;
    private volatile OptionalLong pausedAtNanos = OptionalLong.empty();

    public OutboxWorker(
            Claims<OwedMail> claims,
            Mailer mailer,
            AttemptOutcome attemptOutcome,
            PresenceConfirmation presenceConfirmation,
            MailNeed mailNeed) {
        this.claims = Objects.requireNonNull(claims, "claims");
        this.mailer = Objects.requireNonNull(mailer, "mailer");
        this.attemptOutcome = Objects.requireNonNull(attemptOutcome, "attemptOutcome");
        this.presenceConfirmation = Objects.requireNonNull(presenceConfirmation, "presenceConfirmation");
        this.mailNeed = Objects.requireNonNull(mailNeed, "mailNeed");
    }

    /** Sends everything that is due. Returns at once if another drain is running. */
    public void drain() {
        requested.set(true);
        // Looks again after unlocking: a request in between would be lost otherwise.
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

    /** Forgets entries that are done or dead and older than a week. */
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
     * Claims nothing more, and waits for the mail that is being sent.
     *
     * @param patience how long to wait at most; if it is too short, another server takes the mail when its lease ends
     * @return whether no mail is being sent any more
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
        if (stopping || isPaused()) {
            return;
        }
        guarded(() -> {
            try (MailSender mailSender = new MailSender(mailer, attemptOutcome, mailOutage)) {
                claims.settleLeftovers();
                while (!stopping && deliverNext(mailSender)) {
                    storeOutage.over();
                }
            }
            failure.over();
        });
    }

    private boolean isPaused() {
        OptionalLong since = pausedAtNanos;
        return since.isPresent() && claims.nanoTime() - since.getAsLong() < PAUSE.toNanos();
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            storeOutage.began(e.getMessage());
        } catch (RuntimeException | Error e) {
            logFailure(e);
        }
    }

    /** Never throws: if memory is short, a line may be missing, but a timer must not end. */
    private void logFailure(Throwable thrown) {
        try {
            // The message may contain a mail, so it is not logged.
            failure.began(thrown.getClass().getName() + place(thrown));
        } catch (RuntimeException | Error e) {
            // Logging failed too: nothing more can be done.
        }
    }

    private static String place(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    /** @return whether to continue with the next entry */
    private boolean deliverNext(MailSender mailSender) {
        Optional<ClaimedEntry<OwedMail>> next = claims.next();
        storeOutage.over();
        if (next.isEmpty()) {
            return false;
        }
        try {
            return deliver(next.get(), mailSender);
        } catch (RuntimeException | Error e) {
            next.get().abandon();
            throw e;
        }
    }

    private boolean deliver(ClaimedEntry<OwedMail> claim, MailSender mailSender) {
        if (stopping) {
            claims.giveBack(claim);
            return false;
        }
        OutboxEntry<OwedMail> claimed = claim.entry();
        Judgement judgement = presenceConfirmation.judge(claimed);
        if (judgement.heldUntil().isPresent()) {
            claims.settle(
                    claim,
                    dated(judgement.entry().givenBack(judgement.heldUntil().get())));
            return true;
        }
        try {
            OutboxEntry<OwedMail> needed = mailNeed.check(judgement.entry(), attemptOutcome.now());
            settle(claim, claimed, mailSender.attempt(needed, claims.permit(claim)), mailSender);
        } catch (ClaimEndedException e) {
            LOG.log(
                    Level.WARNING,
                    "Mail {0} was not sent: this server was stopped, or cut off from the store, for most of its claim",
                    claimed.id());
            claim.abandon();
        }
        return !mailSender.foundItUnavailable();
    }

    private void settle(
            ClaimedEntry<OwedMail> claim,
            OutboxEntry<OwedMail> before,
            OutboxEntry<OwedMail> after,
            MailSender mailSender) {
        if (mailSender.foundItUnavailable()) {
            pausedAtNanos = OptionalLong.of(claims.nanoTime());
        }
        try {
            claims.settle(claim, dated(after));
        } finally { // the mail was sent, even if that could not be stored
            log(after, before.attempts());
            attemptOutcome.count(before, after);
        }
    }

    /** Returns the entry with the times of the outcomes that this attempt decided. A dead entry is decided for all. */
    private OutboxEntry<OwedMail> dated(OutboxEntry<OwedMail> entry) {
        Instant now = attemptOutcome.now();
        boolean dead = entry.state() == State.DEAD;
        return entry.withOwed(entry.owed()
                .withAddressees(entry.owed().addressees().stream()
                        .map(one -> one.isWaiting() && !dead ? one : one.decidedAt(now))
                        .toList()));
    }

    private static void log(OutboxEntry<OwedMail> entry, int attempt) {
        OwedMail mail = entry.owed();
        LOG.log(
                level(entry),
                "Mail {0} is {1} after attempt {2}: {3} sent, {4} refused, {5} present, {6} not needed any more, "
                        + "{7} waiting; {8}",
                entry.id(),
                entry.state(),
                attempt,
                mail.count(Outcome.SENT),
                mail.count(Outcome.REFUSED),
                mail.count(Outcome.PRESENT),
                mail.count(Outcome.SEEN) + mail.count(Outcome.RETRACTED),
                mail.waiting().size(),
                entry.lastAnswer());
    }

    /** If all addressees were present, there is nothing to report. */
    private static Level level(OutboxEntry<OwedMail> entry) {
        if (entry.state() == State.DEAD) {
            return Level.WARNING;
        }
        boolean allPresent =
                entry.owed().count(Outcome.PRESENT) == entry.owed().addressees().size();
        return allPresent ? Level.DEBUG : Level.INFO;
    }
}
