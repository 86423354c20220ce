package org.wsnotify.outbox;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.meter.Meters;
import org.wsnotify.meter.Meters.MailOutcome;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.OutboxEntry.State;

/**
 * The rules by which an attempt becomes an outcome: for each addressee, and for the entry.
 *
 * <p>Touches no store and no mail server. Safe for use by many threads.
 */
public final class AttemptOutcome {

    private final RetrySchedule schedule;
    private final PresenceConfirmation signs;
    private final Meters meters;
    private final Clock clock;

    /** @param signs of whom one came no mail is needed that was held for it */
    public AttemptOutcome(RetrySchedule schedule, PresenceConfirmation signs, Meters meters, Clock clock) {
        this.schedule = Objects.requireNonNull(schedule, "schedule");
        this.signs = Objects.requireNonNull(signs, "signs");
        this.meters = Objects.requireNonNull(meters, "meters");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Until when an entry that is due must wait all the same; empty: it is time. */
    Optional<Instant> waitsUntil(OutboxEntry entry) {
        return signs.waitsUntil(entry);
    }

    /** The entry with those marked who need no mail any more; the entry itself when it is not conditional. */
    OutboxEntry withoutThePresent(OutboxEntry entry) {
        if (!entry.conditional()) {
            return entry;
        }
        List<Addressee> looked = entry.addressees().stream()
                .map(one -> isWaiting(one) && signs.came(one.userId(), entry) ? one.with(Outcome.PRESENT) : one)
                .toList();
        return entry.withAddressees(looked);
    }

    /**
     * The entry after a mail server answered: done, owed again to those who still wait, or dead. Where there was no
     * room for all, the entry is due at once, and that is no attempt of its own.
     */
    OutboxEntry answered(OutboxEntry tried, MailReceipt receipt) {
        List<Addressee> told = tried.addressees().stream()
                .map(one -> isWaiting(one) ? one.with(outcome(one, receipt)) : one)
                .toList();
        OutboxEntry after = tried.withAddressees(told);
        return receipt.untried().isEmpty()
                ? failed(after, receipt.answer())
                : after.goesOn(clock.instant().truncatedTo(ChronoUnit.MILLIS), receipt.answer());
    }

    /** The entry after an attempt that left those waiting who wait: nobody (done), owed again, or dead. */
    OutboxEntry failed(OutboxEntry tried, String answer) {
        if (tried.waiting().isEmpty()) {
            return tried.in(State.DONE, answer);
        }
        return schedule.next(tried, clock.instant())
                .map(when -> tried.retryAt(when, answer))
                .orElseGet(() -> tried.in(State.DEAD, answer));
    }

    /** Counts what an attempt changed. */
    void count(OutboxEntry before, OutboxEntry after) {
        count(MailOutcome.SENT, gained(before, after, Outcome.SENT));
        count(MailOutcome.REFUSED, gained(before, after, Outcome.REFUSED));
        count(MailOutcome.PRESENT, gained(before, after, Outcome.PRESENT));
        boolean goesOn = after.attempts() < before.attempts();
        if (!goesOn) {
            count(
                    after.state() == State.DEAD ? MailOutcome.DEAD : MailOutcome.RETRIED,
                    after.waiting().size());
        }
    }

    private void count(MailOutcome outcome, int recipients) {
        if (recipients > 0) {
            meters.mail(outcome, recipients);
        }
    }

    private static int gained(OutboxEntry before, OutboxEntry after, Outcome outcome) {
        return (int) (having(after, outcome) - having(before, outcome));
    }

    static long having(OutboxEntry entry, Outcome outcome) {
        return entry.addressees().stream()
                .filter(one -> one.outcome() == outcome)
                .count();
    }

    private static boolean isWaiting(Addressee one) {
        return one.outcome() == Outcome.WAITING;
    }

    private static Outcome outcome(Addressee one, MailReceipt receipt) {
        if (receipt.sent().contains(one.email())) {
            return Outcome.SENT;
        }
        return receipt.refused().contains(one.email()) ? Outcome.REFUSED : Outcome.WAITING;
    }
}
