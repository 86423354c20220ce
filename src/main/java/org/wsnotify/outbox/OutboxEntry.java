package org.wsnotify.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.wsnotify.mail.Mail;

/**
 * One mail that is owed: a text, and up to a chunk of recipients who get it in one envelope.
 *
 * <p>Immutable: what happens to it makes a new one, which {@link Outbox#settle} stores.
 *
 * @param id unique; made from the publication and the number of the chunk, so that owing the same again changes
 *     nothing. The {@code Message-ID} is made from it and stays the same over all attempts.
 * @param mail what is said
 * @param addressees to whom, with what became of each
 * @param state where it stands
 * @param conditional whether an addressee who gives a sign of life gets no mail any more (held to see whether somebody
 *     who seemed to be looking really was, see {@link PresenceConfirmation})
 * @param createdAt when it was owed; the retries end a fixed time after it
 * @param dueAt when it may be claimed: the next attempt, or the end of the lease of the attempt under way
 * @param attempts how often it was claimed
 * @param lastAnswer the last answer of the mail server, or the last error; empty at first
 */
public record OutboxEntry(
        String id,
        Mail mail,
        List<Addressee> addressees,
        State state,
        boolean conditional,
        Instant createdAt,
        Instant dueAt,
        int attempts,
        String lastAnswer) {

    /** Where an entry stands. */
    public enum State {
        /** To be sent at {@link OutboxEntry#dueAt}. */
        OWED,
        /** Nothing left to do: each addressee was sent it, was refused for good, or did not need it. */
        DONE,
        /** Given up with addressees left, after the last attempt. */
        DEAD
    }

    public OutboxEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(mail, "mail");
        addressees = List.copyOf(addressees);
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(dueAt, "dueAt");
        Objects.requireNonNull(lastAnswer, "lastAnswer");
    }

    /** A new entry, owed and not yet tried. */
    public static OutboxEntry owed(
            String id, Mail mail, List<Addressee> addressees, boolean conditional, Instant createdAt, Instant dueAt) {
        return new OutboxEntry(id, mail, addressees, State.OWED, conditional, createdAt, dueAt, 0, "");
    }

    /** Those who still wait for the mail. */
    public List<Addressee> waiting() {
        return addressees.stream()
                .filter(addressee -> addressee.outcome() == Addressee.Outcome.WAITING)
                .toList();
    }

    /** This entry with other addressees. */
    public OutboxEntry withAddressees(List<Addressee> others) {
        return new OutboxEntry(id, mail, others, state, conditional, createdAt, dueAt, attempts, lastAnswer);
    }

    /** This entry in another state, with the answer that led to it. */
    public OutboxEntry in(State other, String answer) {
        return new OutboxEntry(id, mail, addressees, other, conditional, createdAt, dueAt, attempts, answer);
    }

    /** This entry, owed still, to be tried again at {@code when}. */
    public OutboxEntry retryAt(Instant when, String answer) {
        return new OutboxEntry(id, mail, addressees, State.OWED, conditional, createdAt, when, attempts, answer);
    }

    /** This entry as claimed: one attempt more, and nobody else may claim it before {@code leaseEnd}. */
    public OutboxEntry claimedUntil(Instant leaseEnd) {
        return new OutboxEntry(id, mail, addressees, state, conditional, createdAt, leaseEnd, attempts + 1, lastAnswer);
    }

    /** This entry as it was before its last claim: owed, due at {@code when}, and that attempt does not count. */
    public OutboxEntry givenBack(Instant when) {
        return goesOn(when, lastAnswer);
    }

    /**
     * This entry, owed still to others at {@code when}, as part of the same attempt: the next claim counts in its
     * place.
     */
    public OutboxEntry goesOn(Instant when, String answer) {
        return new OutboxEntry(
                id, mail, addressees, State.OWED, conditional, createdAt, when, Math.max(0, attempts - 1), answer);
    }
}
