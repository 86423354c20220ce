package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Objects;

/**
 * One thing that is owed and not yet sent.
 *
 * <p>Immutable: every change makes a new entry, which {@link Outbox#settle} stores.
 *
 * @param <T> what is owed, such as an {@link OwedMail}
 * @param id unique: owing an entry again under the same id changes nothing
 * @param owed what is owed, with what became of it so far
 * @param state where the entry stands
 * @param createdAt when it was owed; the retries end a fixed time later
 * @param dueAt when it may be claimed: the time of the next attempt, or the end of the present lease
 * @param attempts how often it was claimed
 * @param lastAnswer the last answer of the receiving server, or the last error; empty at first
 */
public record OutboxEntry<T>(
        String id, T owed, State state, Instant createdAt, Instant dueAt, int attempts, String lastAnswer) {

    /** Where an entry stands. */
    public enum State {
        /** To be sent at {@link OutboxEntry#dueAt}. */
        OWED,
        /** Nothing is left to do. */
        DONE,
        /** Given up after the last attempt. */
        DEAD
    }

    public OutboxEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owed, "owed");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(dueAt, "dueAt");
        Objects.requireNonNull(lastAnswer, "lastAnswer");
    }

    /** Returns a new entry, owed and not yet tried. */
    public static <T> OutboxEntry<T> owed(String id, T owed, Instant createdAt, Instant dueAt) {
        return new OutboxEntry<>(id, owed, State.OWED, createdAt, dueAt, 0, "");
    }

    /** Returns this entry with a later form of what is owed. */
    public OutboxEntry<T> withOwed(T other) {
        return new OutboxEntry<>(id, other, state, createdAt, dueAt, attempts, lastAnswer);
    }

    /** Returns this entry in another state, with the answer that led to it. */
    public OutboxEntry<T> in(State other, String answer) {
        return new OutboxEntry<>(id, owed, other, createdAt, dueAt, attempts, answer);
    }

    /** Returns this entry, still owed, to be tried again at {@code when}. */
    public OutboxEntry<T> retryAt(Instant when, String answer) {
        return new OutboxEntry<>(id, owed, State.OWED, createdAt, when, attempts, answer);
    }

    /** Returns this entry as claimed: with one attempt more, and closed to other claims until {@code leaseEnd}. */
    public OutboxEntry<T> claimedUntil(Instant leaseEnd) {
        return new OutboxEntry<>(id, owed, state, createdAt, leaseEnd, attempts + 1, lastAnswer);
    }

    /** Returns this entry as it was before its last claim, due at {@code when}. That attempt does not count. */
    public OutboxEntry<T> givenBack(Instant when) {
        return continuedAt(when, lastAnswer);
    }

    /** Returns this entry, still owed at {@code when}. The next claim continues the same attempt. */
    public OutboxEntry<T> continuedAt(Instant when, String answer) {
        return new OutboxEntry<>(id, owed, State.OWED, createdAt, when, Math.max(0, attempts - 1), answer);
    }
}
