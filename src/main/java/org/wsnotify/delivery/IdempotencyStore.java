package org.wsnotify.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * Remembers the answer to each {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>A change is durable when its method returns. Methods throw {@link
 * org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached; repeating the call is safe. Safe
 * for use by many threads and, if the store is shared, by many servers.
 */
public interface IdempotencyStore {

    /**
     * Claims a key, or returns why it cannot be claimed.
     *
     * <p>A claim holds for {@code lease}, and longer if it is renewed. If its server dies, the next caller gets the
     * claim with the same first id, so that notifications stored already are not stored twice.
     *
     * @param key the key that the publisher sent
     * @param fingerprint a hash of everything the publisher asked for
     * @param firstId the first notification id that a new claim uses
     */
    Claim claim(String key, String fingerprint, String firstId, Instant now, Duration lease);

    /** Prolongs a claim. Does nothing if the key is not claimed, or is released or answered. */
    void renew(String key, Instant leaseEnd);

    /** Keeps the answer to a claimed key. */
    void complete(String key, String answer);

    /**
     * Gives a claim up, because the work failed. The first id stays reserved for the next claim with the same payload.
     */
    void release(String key);

    /** Forgets keys that were claimed before an instant. */
    void forget(Instant before);

    /** The result of {@link #claim}. */
    sealed interface Claim {
        /** The caller has the key: it works with this first id, then calls {@link #complete} or {@link #release}. */
        record Granted(String firstId) implements Claim {}

        /** The work was done before, with this answer. */
        record Answered(String answer) implements Claim {}

        /** Another request holds the claim. */
        record InProgress() implements Claim {}

        /** The key was used for another payload. */
        record Mismatch() implements Claim {}
    }
}
