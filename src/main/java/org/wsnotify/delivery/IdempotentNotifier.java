package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.wsnotify.delivery.IdempotencyStore.Claim;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.StoreUnavailableException;

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
    public static final Duration LEASE = IdempotencyLease.LENGTH;

    private static final System.Logger LOG = System.getLogger(IdempotentNotifier.class.getName());

    private final Notifier notifier;
    private final IdempotencyStore store;
    private final NotificationIds ids;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /**
     * @param clock the time of the store, since other servers compare leases with it
     * @param timer renews claims; its tasks may block on the store
     */
    public IdempotentNotifier(
            Notifier notifier,
            IdempotencyStore store,
            NotificationIds ids,
            Clock clock,
            ScheduledExecutorService timer) {
        this.notifier = notifier;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.timer = timer;
    }

    /**
     * Publishes under a key, or returns the first answer again.
     *
     * @param encode writes the answer that is kept
     * @throws KeyReusedException if the key was used for another publication
     * @throws KeyInUseException if the first request with the key has not been answered yet
     */
    public String publish(String key, Publication publication, Function<Receipt, String> encode) {
        if (publication.recipients().isEmpty()) {
            return encode.apply(notifier.publish(publication));
        }
        String proposed = ids.reserve(publication.recipients().size());
        Claim claim = store.claim(key, publication.fingerprint(), proposed, clock.instant(), LEASE);
        if (claim instanceof Claim.Answered answered) {
            return answered.answer();
        }
        if (claim instanceof Claim.Mismatch) {
            throw new KeyReusedException();
        }
        if (claim instanceof Claim.Granted granted && underWay.add(key)) {
            return publish(
                    key, publication, granted.firstId(), !granted.firstId().equals(proposed), encode);
        }
        throw new KeyInUseException();
    }

    private String publish(
            String key, Publication publication, String firstId, boolean repeated, Function<Receipt, String> encode) {
        IdempotencyLease lease = IdempotencyLease.keep(key, store, clock, timer);
        try {
            String answer = encode.apply(notifier.publish(publication, firstId, repeated));
            store.complete(key, answer);
            return answer;
        } catch (RuntimeException e) {
            release(key);
            throw e;
        } finally {
            lease.end();
            underWay.remove(key);
        }
    }

    private void release(String key) {
        try {
            store.release(key);
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "an idempotency key stays claimed for {0}: the store is down", LEASE);
        }
    }

    /** The key was used for another publication. */
    public static final class KeyReusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyReusedException() {
            super("the Idempotency-Key was used for another request");
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
