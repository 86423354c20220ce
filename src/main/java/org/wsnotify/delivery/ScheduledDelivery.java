package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import org.wsnotify.delivery.ScheduleStore.Claimed;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.StoreRefusedException;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.retraction.Retraction;

/**
 * Delivers scheduled publications when their time has come.
 *
 * <p>If a server dies on the way, another one, or the same after a restart, delivers the publication again under the
 * same ids, so that nothing is stored, mailed or shown twice. For one thread at a time; blocks on the store.
 */
public final class ScheduledDelivery {

    private static final System.Logger LOG = System.getLogger(ScheduledDelivery.class.getName());
    static final Duration LEASE = RenewedLease.LENGTH;
    private static final int MOST_AT_ONCE = 500;

    private final ScheduleStore store;
    private final Notifier notifier;
    private final Retraction retraction;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final BooleanSupplier running;

    /**
     * @param clock the store's
     * @param timer renews claims; its tasks may block on the store
     * @param running whether another publication may be begun; false when the server stops
     */
    public ScheduledDelivery(
            ScheduleStore store,
            Notifier notifier,
            Retraction retraction,
            Clock clock,
            ScheduledExecutorService timer,
            BooleanSupplier running) {
        this.store = store;
        this.notifier = notifier;
        this.retraction = retraction;
        this.clock = clock;
        this.timer = timer;
        this.running = running;
    }

    /**
     * Delivers what is due, but not endlessly: other work waits.
     *
     * @throws StoreUnavailableException the store cannot be reached; what was claimed is due again later
     */
    public void deliver() {
        for (int i = 0; i < MOST_AT_ONCE && running.getAsBoolean(); i++) {
            Optional<Claimed> next = store.claim(clock.instant(), LEASE);
            if (next.isEmpty()) {
                return;
            }
            deliver(next.get());
        }
    }

    /** No server ran at its time, until it was over. */
    private boolean hasExpired(ScheduledPublication publication) {
        return publication
                .message()
                .expiresAt()
                .filter(end -> !end.isAfter(clock.instant()))
                .isPresent();
    }

    private void deliver(Claimed claimed) {
        RenewedLease lease = RenewedLease.keep(end -> store.renew(claimed, end), clock, timer);
        try {
            ScheduledPublication publication = claimed.publication();
            if (!publication.recipients().isEmpty() && !hasExpired(publication)) {
                notifier.deliverScheduled(publication);
            }
            complete(claimed);
        } catch (StoreRefusedException e) { // the store is up, and takes the others
            failed(e);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            lease.end();
        }
    }

    /** The others must not wait for it. */
    private static void failed(RuntimeException why) {
        LOG.log(
                System.Logger.Level.ERROR,
                "a scheduled publication cannot be delivered, and is tried again in a minute",
                why);
    }

    /** What was withdrawn meanwhile is taken back before the publication is removed: this server may die in between. */
    private void complete(Claimed claimed) {
        List<PublicationId> takenBack = new ArrayList<>();
        List<PublicationId> withdrawn = store.complete(claimed, takenBack);
        while (!withdrawn.isEmpty()) {
            withdrawn.forEach(retraction::retractDelivered);
            takenBack.addAll(withdrawn);
            withdrawn = store.complete(claimed, takenBack);
        }
    }
}
