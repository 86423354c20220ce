package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.notification.WholeCharacters;

/**
 * One recipient of a mail that is owed. Immutable.
 *
 * @param userId the user
 * @param notificationId the notification that the mail is about; empty in entries of an older form that lacks it
 * @param email the address; personal data, never logged
 * @param outcome what became of the mail for this recipient
 * @param at when that was decided, or the mail was given up, in store time; empty before, or if an earlier version
 *     stored it
 * @param answer why the mail server refused it; empty if it did not
 */
public record Addressee(
        String userId,
        Optional<String> notificationId,
        String email,
        Outcome outcome,
        Optional<Instant> at,
        String answer) {

    private static final int LONGEST_ANSWER = 300;

    /** What became of a mail for one recipient. */
    public enum Outcome {
        /** Not sent yet, or refused for now. */
        WAITING,
        /** Accepted by the mail server. */
        SENT,
        /** Refused by the mail server for good. */
        REFUSED,
        /** Not needed: the recipient was present to see the notification. */
        PRESENT,
        /** Not needed any more: the recipient had seen or deleted the notification before the mail could be sent. */
        SEEN,
        /** Not to be sent any more: the notification was retracted, replaced or removed, or it expired. */
        RETRACTED
    }

    public Addressee {
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(notificationId, "notificationId");
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(answer, "answer");
    }

    /** A recipient whose outcome, if there is one, has no time yet. */
    public Addressee(String userId, Optional<String> notificationId, String email, Outcome outcome) {
        this(userId, notificationId, email, outcome, Optional.empty(), "");
    }

    /** Returns a recipient who waits for the mail. */
    public static Addressee waiting(String userId, String notificationId, String email) {
        return new Addressee(userId, Optional.of(notificationId), email, Outcome.WAITING);
    }

    /** Whether this recipient still waits for the mail. */
    public boolean isWaiting() {
        return outcome == Outcome.WAITING;
    }

    /** Whether another one is this recipient, whatever became of the mail. */
    public boolean isSameAs(Addressee other) {
        return userId.equals(other.userId) && notificationId.equals(other.notificationId);
    }

    /** Returns the same recipient with another outcome. */
    public Addressee with(Outcome other) {
        return new Addressee(userId, notificationId, email, other, at, answer);
    }

    /** Returns the same recipient as present, as another server found out. */
    public Addressee present(Optional<Instant> since) {
        return new Addressee(userId, notificationId, email, Outcome.PRESENT, since, answer);
    }

    /** Returns the same recipient with another spelling of the address. */
    Addressee withEmail(String spelling) {
        return new Addressee(userId, notificationId, spelling, outcome, at, answer);
    }

    /** Returns the same recipient as refused for good, with the reason of the mail server. */
    Addressee refused(String reason) {
        return new Addressee(
                userId, notificationId, email, Outcome.REFUSED, at, WholeCharacters.cut(reason, LONGEST_ANSWER));
    }

    /** Returns the same recipient with the time at which the outcome was decided, or the mail was given up. */
    Addressee decidedAt(Instant when) {
        return at.isPresent() ? this : new Addressee(userId, notificationId, email, outcome, Optional.of(when), answer);
    }

    /** Omits the address: it is personal data. */
    @Override
    public String toString() {
        return "Addressee[" + userId + ", " + outcome + "]";
    }
}
