package org.wsnotify.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * The lease of this server, by which the others know that it lives; and the watch over theirs.
 *
 * <p>{@link #begin}, then {@link #beat} every second, then {@link #end}; by one thread at a time. They block on the
 * store and throw {@link StoreUnavailableException}; calling again is safe.
 */
public final class NodeLease {

    private static final Logger LOG = System.getLogger(NodeLease.class.getName());

    /** A node that was stopped for less than this comes back with its sessions; shorter than relay documents live. */
    static final Duration GIVEN_UP = Duration.ofMinutes(2);

    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);
    private static final int RENEWALS_IN_A_LEASE = 3;

    private final ThisNode self;
    private final NodeStore store;
    private final PresenceStore presence;
    private final StoreClock clock;
    private final Duration lease;
    private final Supplier<Map<String, Long>> sent;
    private final NodeListener listener;
    private final LongSupplier nanoTime;
    private final NodeWatch watch;
    private long renewedAt;
    private long sweptAt;
    private boolean registered;

    /**
     * @param lease how long this server counts as living after its last renewal
     * @param sent how many relay documents this server has written to each other node
     */
    public NodeLease(
            ThisNode self,
            NodeStore store,
            PresenceStore presence,
            Nodes nodes,
            StoreClock clock,
            Duration lease,
            Supplier<Map<String, Long>> sent,
            NodeListener listener) {
        this(self, store, presence, nodes, clock, lease, sent, listener, System::nanoTime);
    }

    NodeLease(
            ThisNode self,
            NodeStore store,
            PresenceStore presence,
            Nodes nodes,
            StoreClock clock,
            Duration lease,
            Supplier<Map<String, Long>> sent,
            NodeListener listener,
            LongSupplier nanoTime) {
        this.self = Objects.requireNonNull(self, "self");
        this.store = Objects.requireNonNull(store, "store");
        this.presence = Objects.requireNonNull(presence, "presence");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.lease = Objects.requireNonNull(lease, "lease");
        this.sent = Objects.requireNonNull(sent, "sent");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.watch = new NodeWatch(self, store, presence, nodes, clock, lease, listener, nanoTime);
    }

    /**
     * Registers this server.
     *
     * @return how long to wait until users may join: until all other servers know this one
     */
    public Duration begin() {
        clock.compare();
        if (!registered) {
            register(self.get());
            registered = true;
        }
        List<Node> others = watch.look();
        watch.sweep();
        sweptAt = nanoTime.getAsLong();
        return others.isEmpty() ? Duration.ZERO : Nodes.WARM_UP;
    }

    /** Renews the lease when it is time, and looks after the others. */
    public void beat() {
        if (!registered) {
            return;
        }
        if (isOver(renewedAt, lease.dividedBy(RENEWALS_IN_A_LEASE))) {
            renew();
        }
        watch.giveUp(watch.look());
        if (isOver(sweptAt, BETWEEN_SWEEPS)) {
            watch.sweep();
            sweptAt = nanoTime.getAsLong();
        }
    }

    private void renew() {
        long start = nanoTime.getAsLong();
        clock.compare();
        if (store.renew(self.get(), lease, sent.get())) {
            renewedAt = start;
        } else {
            registerAnew();
        }
    }

    /** If this fails, the id stays as it is, and the next beat finds again that it is not registered. */
    private void registerAnew() {
        String before = self.get();
        register(self.candidate());
        LOG.log(
                Level.WARNING,
                "the other servers gave this one up, because it was stopped or cut off from the store for longer "
                        + "than {0}: all clients connect again",
                GIVEN_UP);
        listener.renamed();
        presence.forget(before);
    }

    private void register(String first) {
        String id = first;
        long start = nanoTime.getAsLong();
        while (!store.register(id, lease)) {
            id = self.candidate();
        }
        self.take(id);
        renewedAt = start;
    }

    /** Tells the others that this server has stopped. */
    public void end() {
        if (registered) {
            registered = false;
            presence.forget(self.get());
            store.remove(self.get());
        }
    }

    private boolean isOver(long since, Duration time) {
        return nanoTime.getAsLong() - since >= time.toNanos();
    }
}
