package org.wsnotify.delivery;

import java.util.Optional;
import org.wsnotify.delivery.IdempotencyStore.Claim;

/** A request to publish, and its result: a receipt, or why there is none. For one thread at a time. */
final class PublishRequest {

    private final Publication publication;
    private final Optional<String> key;
    private String proposed;
    private Delivery delivery;
    private RenewedLease lease;
    private boolean completed;
    private Receipt receipt;
    private Throwable failure;

    /** @param key the idempotency key, if there is one; of the requests with one key, one is carried out */
    PublishRequest(Publication publication, Optional<String> key) {
        this.publication = publication;
        this.key = key.filter(given -> !publication.recipients().isEmpty());
    }

    Publication publication() {
        return publication;
    }

    boolean hasKey() {
        return key.isPresent();
    }

    String key() {
        return key.orElseThrow();
    }

    /** Gives the first of the ids that a new claim of the key uses. */
    void propose(String firstId) {
        proposed = firstId;
    }

    String proposed() {
        return proposed;
    }

    /** The publication is to be delivered. */
    void deliver(Delivery how) {
        delivery = how;
    }

    /** The publication is to be delivered, and its key is held meanwhile. */
    void deliver(Delivery how, RenewedLease held) {
        delivery = how;
        lease = held;
    }

    boolean isToBeDelivered() {
        return delivery != null;
    }

    Delivery delivery() {
        return delivery;
    }

    RenewedLease lease() {
        return lease;
    }

    /** The delivery was carried out, with success or not. */
    void delivered() {
        try {
            receipt = delivery.receipt();
        } catch (RuntimeException | Error e) { // whoever waits is told
            failure = e;
        }
    }

    /** The store has the answer for a repetition. */
    void completed() {
        completed = true;
    }

    boolean isCompleted() {
        return completed;
    }

    /** The request was carried out before. */
    void answered(Claim.Answered before) {
        try {
            receipt = KeptReceipt.restore(before.answer(), publication);
        } catch (RuntimeException e) { // the others are not concerned
            failure = e;
        }
    }

    void failed(Throwable why) {
        failure = why;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Returns the receipt, if the request has not failed. */
    Receipt receipt() {
        return receipt;
    }

    Throwable failure() {
        return failure;
    }
}
