package org.wsnotify.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * Remembers which {@code Idempotency-Key} was answered with what (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>What a method did is durable when it returns. Safe for use by many threads and, where the store is shared, many
 * servers. Throws {@link org.wsnotify.notification.StoreUnavailableException} when the store cannot be reached; doing
 * the same again is safe.
 */
public interface IdempotencyStore {

    /**
     * Claims a key, or says what became of it.
     *
     * <p>A claim holds for {@code lease}, and as long as it is renewed: when its claimer died, the next one to ask gets
     * it, with the same first id, so that what was stored already is found and not stored twice.
     *
     * @param key as the publisher sent it
     * @param fingerprint a hash of everything the publisher asked for
     * @param firstId the first notification id that a new claim uses
     */
    Claim claim(String key, String fingerprint, String firstId, Instant now, Duration lease);

    /** Prolongs a claim. A key that nobody has claimed, or that is released or answered, stays as it is. */
    void renew(String key, Instant leaseEnd);

    /** Keeps the answer to a claimed key. */
    void complete(String key, String answer);

    /**
     * Gives a claim up, because nothing came of it; the first id stays reserved for the next claim of the same payload.
     */
    void release(String key);

    /** Forgets keys claimed before {@code before}. */
    void forget(Instant before);

    /** What {@link #claim} found. */
    sealed interface Claim {
        /** The key is the caller's: do the work under this first id, then {@link #complete} or {@link #release}. */
        record Granted(String firstId) implements Claim {}

        /** Done before: give this answer again. */
        record Answered(String answer) implements Claim {}

        /** Somebody is at it. */
        record InProgress() implements Claim {}

        /** The key was used for another payload. */
        record Mismatch() implements Claim {}
    }
}
