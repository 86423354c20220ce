package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.wsnotify.delivery.IdempotencyStore.Claim;

/**
 * Publishes once for each {@code Idempotency-Key}, however often the request is repeated.
 *
 * <p>Two publications with one key never run at the same time, however long they take. Between servers, a claim that is
 * renewed ensures this; within one server, a set of the keys in use. If a server dies, the first repetition after
 * {@link #LEASE} takes its claim over, with the same ids.
 *
 * <p>Safe for use by many threads.
 */
public final class IdempotentNotifier {

    /** How long a key stays claimed by a server that died. */
    public static final Duration LEASE = RenewedLease.LENGTH;

    private static final System.Logger LOG = System.getLogger(IdempotentNotifier.class.getName());

    private final Notifier notifier;
    private final IdempotencyStore store;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /**
     * @param clock the time of the store, since other servers compare leases with it
     * @param timer renews claims; its tasks may block on the store
     */
    public IdempotentNotifier(Notifier notifier, IdempotencyStore store, Clock clock, ScheduledExecutorService timer) {
        this.notifier = notifier;
        this.store = store;
        this.clock = clock;
        this.timer = timer;
    }

    /** Carries requests out together, in their order. Each one knows its result afterwards. */
    void publish(List<PublishRequest> requests) {
        claim(requests.stream().filter(PublishRequest::hasKey).toList());
        for (PublishRequest request : requests) {
            if (!request.hasKey()) {
                request.deliver(notifier.delivery(request.publication()));
            }
        }
        List<PublishRequest> own =
                requests.stream().filter(PublishRequest::isToBeDelivered).toList();
        try {
            notifier.deliver(own.stream().map(PublishRequest::delivery).toList());
            own.forEach(PublishRequest::delivered);
            List<PublishRequest> done = own.stream()
                    .filter(request -> request.hasKey() && !request.hasFailed())
                    .toList();
            JointStep.run(done, this::complete, PublishRequest::failed);
        } finally {
            end(own.stream().filter(PublishRequest::hasKey).toList());
        }
    }

    private void claim(List<PublishRequest> requests) {
        requests.forEach(request -> request.propose(notifier.reserve(request.publication())));
        Map<PublishRequest, Claim> claims = new LinkedHashMap<>();
        JointStep.run(requests, some -> claims.putAll(claimed(some)), PublishRequest::failed);
        claims.forEach(this::judge);
    }

    private Map<PublishRequest, Claim> claimed(List<PublishRequest> requests) {
        List<Claim> claims = store.claim(
                requests.stream()
                        .map(request -> new IdempotencyStore.Request(
                                request.key(), request.publication().fingerprint(), request.proposed()))
                        .toList(),
                clock.instant(),
                LEASE);
        Map<PublishRequest, Claim> claimed = new LinkedHashMap<>();
        for (int i = 0; i < claims.size(); i++) {
            claimed.put(requests.get(i), claims.get(i));
        }
        return claimed;
    }

    private void judge(PublishRequest request, Claim claim) {
        if (claim instanceof Claim.Answered answered) {
            request.answered(answered);
        } else if (claim instanceof Claim.Mismatch) {
            request.failed(new KeyReusedException());
        } else if (claim instanceof Claim.Granted granted && underWay.add(request.key())) {
            if (request.publication().times().over()) { // and no earlier one was answered
                request.failed(new ExpiredException());
                underWay.remove(request.key());
                release(List.of(request.key()));
                return;
            }
            boolean repeated = !granted.firstId().equals(request.proposed());
            request.deliver(
                    new Delivery(request.publication(), granted.firstId(), repeated),
                    RenewedLease.keep(end -> store.renew(request.key(), end), clock, timer));
        } else {
            request.failed(new KeyInUseException());
        }
    }

    private void complete(List<PublishRequest> requests) {
        store.complete(requests.stream()
                .collect(Collectors.toMap(PublishRequest::key, request -> KeptReceipt.of(request.receipt()))));
        requests.forEach(PublishRequest::completed);
    }

    /** Releases last: whoever claims a key that was released must not find it under way. */
    private void end(List<PublishRequest> requests) {
        for (PublishRequest request : requests) {
            request.lease().end();
            underWay.remove(request.key());
        }
        release(requests.stream()
                .filter(request -> !request.isCompleted())
                .map(PublishRequest::key)
                .toList());
    }

    private void release(List<String> keys) {
        try {
            if (!keys.isEmpty()) {
                store.release(keys);
            }
        } catch (RuntimeException e) { // each claim ends with its lease
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} idempotency keys stay claimed for {1}: {2}",
                    keys.size(),
                    LEASE,
                    e.getMessage());
        }
    }

    /** The key was used for another publication. */
    public static final class KeyReusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyReusedException() {
            super("the Idempotency-Key was used for another request");
        }
    }

    /** The publication has expired, and repeats none that was acknowledged. */
    public static final class ExpiredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ExpiredException() {
            super("the publication has expired");
        }
    }

    /** The first request with the key has not been answered yet. */
    public static final class KeyInUseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyInUseException() {
            super("the first request with this Idempotency-Key is still in progress");
        }
    }
}
