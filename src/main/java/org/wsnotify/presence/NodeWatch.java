package org.wsnotify.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Watches the other nodes: tells who has vanished, and gives up those who do not come back.
 *
 * <p>Used by one thread at a time. Blocks on the store.
 */
final class NodeWatch {

    private static final Logger LOG = System.getLogger(NodeWatch.class.getName());

    /** After a longer pause between two looks, this node or the store was stopped. */
    private static final Duration MAX_BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final Supplier<String> self;
    private final NodeStore store;
    private final PresenceStore presence;
    private final Nodes nodes;
    private final Clock clock;
    private final Duration lease;
    private final NodeListener listener;
    private final LongSupplier nanoTime;

    /** When each other node was last seen with a lease, in store time. */
    private final Map<String, Instant> alive = new HashMap<>();

    /** When this node first saw that another one's lease had ended. */
    private final Map<String, Long> absentSince = new HashMap<>();

    private long lookedAt;

    /** @param clock the store's */
    NodeWatch(
            Supplier<String> self,
            NodeStore store,
            PresenceStore presence,
            Nodes nodes,
            Clock clock,
            Duration lease,
            NodeListener listener,
            LongSupplier nanoTime) {
        this.self = self;
        this.store = store;
        this.presence = presence;
        this.nodes = nodes;
        this.clock = clock;
        this.lease = lease;
        this.listener = listener;
        this.nanoTime = nanoTime;
    }

    /** Reads the other nodes, and tells the listener who has vanished since the last look. */
    List<Node> look() {
        Instant now = clock.instant();
        List<Node> others = nodes.refresh();
        for (Node other : others) {
            if (other.live()) {
                if (alive.put(other.id(), now) == null) {
                    LOG.log(Level.INFO, "server {0} is there; this one is {1}", other.id(), self.get());
                }
            } else if (alive.containsKey(other.id())) {
                LOG.log(Level.WARNING, "server {0} has not renewed its lease: it died or hangs", other.id());
                listener.vanished(other.id(), alive.get(other.id()).minus(lease));
                alive.remove(other.id()); // only now: if the listener failed, it is told again
            }
        }
        alive.keySet().retainAll(others.stream().map(Node::id).toList());
        listener.seen(others);
        return others;
    }

    /**
     * Gives up the nodes that have not come back. While the store was down, none could: so only the time counts in
     * which this node could read it.
     */
    void giveUp(List<Node> others) {
        long now = nanoTime.getAsLong();
        if (now - lookedAt > MAX_BETWEEN_LOOKS.toNanos()) {
            absentSince.clear();
        }
        lookedAt = now;
        List<String> absent =
                others.stream().filter(other -> !other.live()).map(Node::id).toList();
        absentSince.keySet().retainAll(absent);
        Duration patience = NodeLease.GIVEN_UP.minus(lease);
        for (String node : absent) {
            long since = absentSince.computeIfAbsent(node, any -> now);
            if (now - since >= patience.toNanos() && store.removeExpired(node, patience)) {
                LOG.log(Level.INFO, "server {0} has not come back and is given up", node);
                presence.forget(node);
            }
        }
    }

    /** Removes the entries of servers that are not registered any more, for example after all of them died. */
    void sweep() {
        Set<String> left = presence.nodes(); // before the nodes are read: a server registers before it writes
        Set<String> known = new HashSet<>();
        store.nodes().forEach(node -> known.add(node.id()));
        left.removeAll(known);
        left.forEach(presence::forget);
    }
}
