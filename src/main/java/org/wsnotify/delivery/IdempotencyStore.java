package org.wsnotify.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Remembers the answer to each {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header).
 *
 * <p>A change is durable when its method returns. Methods throw {@link
 * org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached; repeating the call is safe. Safe
 * for use by many threads and, if the store is shared, by many servers.
 */
public interface IdempotencyStore {

    /**
     * Claims keys, as if one after the other, or returns why they cannot be claimed.
     *
     * <p>A claim holds for {@code lease}, and longer if it is renewed. If its server dies, the next caller gets the
     * claim with the same first id, so that notifications stored already are not stored twice.
     *
     * @return the result for each request, in their order
     */
    List<Claim> claim(List<Request> requests, Instant now, Duration lease);

    /** Prolongs a claim. Does nothing if the key is not claimed, or is released or answered. */
    void renew(String key, Instant leaseEnd);

    /** Keeps the answers to claimed keys, by key. */
    void complete(Map<String, String> answers);

    /**
     * Gives claims up, because the work failed. The first id of each stays reserved for the next claim with the same
     * payload.
     */
    void release(Collection<String> keys);

    /** Forgets keys that were claimed before an instant. */
    void forget(Instant before);

    /**
     * What is to be claimed.
     *
     * @param key the key that the publisher sent
     * @param fingerprint a hash of everything the publisher asked for
     * @param firstId the first notification id that a new claim uses; no other request proposes it
     */
    record Request(String key, String fingerprint, String firstId) {}

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
