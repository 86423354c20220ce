package org.wsnotify.outbox;

import java.util.Objects;

/**
 * One recipient of a mail that is owed.
 *
 * @param userId the user
 * @param email the address; personal data, never logged
 * @param outcome what became of it
 */
public record Addressee(String userId, String email, Outcome outcome) {

    /** What became of a mail for one recipient. */
    public enum Outcome {
        /** Not sent yet, or refused for now. */
        WAITING,
        /** The mail server took it. */
        SENT,
        /** The mail server refused it for good. */
        REFUSED,
        /** Not needed: the recipient was there to see the notification. */
        PRESENT
    }

    public Addressee {
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** Somebody who waits for the mail. */
    public static Addressee waiting(String userId, String email) {
        return new Addressee(userId, email, Outcome.WAITING);
    }

    /** The same recipient with another outcome. */
    public Addressee with(Outcome other) {
        return new Addressee(userId, email, other);
    }

    /** Omits the address: it is personal data. */
    @Override
    public String toString() {
        return "Addressee[" + userId + ", " + outcome + "]";
    }
}
