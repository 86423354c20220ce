package org.wsnotify.outbox;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.wsnotify.meter.Meters;
import org.wsnotify.meter.Meters.MailOutcome;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.OutboxEntry.State;

/**
 * The rules by which an attempt to send a mail becomes an outcome, for each addressee and for the entry.
 *
 * <p>Asks neither a store nor a mail server. Safe for use by many threads.
 */
public final class AttemptOutcome {

    private final RetrySchedule schedule;
    private final Meters meters;
    private final Clock clock;

    /** @param clock the time of the store */
    public AttemptOutcome(RetrySchedule schedule, Meters meters, Clock clock) {
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        this.meters = Objects.requireNonNull(meters, "meters");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Returns the time of the store, in milliseconds. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Returns the entry after a mail server answered: done, owed again to those who still wait, or dead. If the
     * envelope had no room for some addressees, the entry is due at once for them, within the same attempt.
     */
    OutboxEntry<OwedMail> answered(OutboxEntry<OwedMail> tried, MailReceipt receipt) {
        OwedMail mail = tried.owed();
        List<Addressee> told = mail.addressees().stream()
                .map(one -> one.isWaiting() ? told(one, receipt) : one)
                .toList();
        OutboxEntry<OwedMail> after = tried.withOwed(mail.withAddressees(told));
        return receipt.untried().isEmpty()
                ? ended(after, receipt.answer())
                : after.continuedAt(now(), receipt.answer());
    }

    /** Returns the entry after an attempt: done if no addressee waits any more, else owed again or dead. */
    OutboxEntry<OwedMail> ended(OutboxEntry<OwedMail> tried, String answer) {
        if (tried.owed().waiting().isEmpty()) {
            return tried.in(State.DONE, answer);
        }
        return schedule.next(tried, clock.instant())
                .map(when -> tried.retryAt(when, answer))
                .orElseGet(() -> tried.in(State.DEAD, answer));
    }

    /** Counts what an attempt changed. */
    void count(OutboxEntry<OwedMail> before, OutboxEntry<OwedMail> after) {
        count(MailOutcome.SENT, gained(before, after, Outcome.SENT));
        count(MailOutcome.REFUSED, gained(before, after, Outcome.REFUSED));
        count(MailOutcome.PRESENT, present(before, after));
        count(MailOutcome.SEEN, gained(before, after, Outcome.SEEN));
        count(MailOutcome.RETRACTED, gained(before, after, Outcome.RETRACTED));
        boolean continues = after.attempts() < before.attempts();
        if (!continues) {
            count(
                    after.state() == State.DEAD ? MailOutcome.DEAD : MailOutcome.RETRIED,
                    after.owed().waiting().size());
        }
    }

    private void count(MailOutcome outcome, int recipients) {
        if (recipients > 0) {
            meters.mail(outcome, recipients);
        }
    }

    /** Another server may have reported addressees before the first attempt. They are counted with it. */
    private static int present(OutboxEntry<OwedMail> before, OutboxEntry<OwedMail> after) {
        boolean first = before.lastAnswer().isEmpty();
        return first ? after.owed().count(Outcome.PRESENT) : gained(before, after, Outcome.PRESENT);
    }

    private static int gained(OutboxEntry<OwedMail> before, OutboxEntry<OwedMail> after, Outcome outcome) {
        return after.owed().count(outcome) - before.owed().count(outcome);
    }

    private static Addressee told(Addressee one, MailReceipt receipt) {
        if (receipt.sent().contains(one.email())) {
            return one.with(Outcome.SENT);
        }
        return receipt.refused().contains(one.email()) ? one.refused(receipt.replyTo(one.email())) : one;
    }
}
