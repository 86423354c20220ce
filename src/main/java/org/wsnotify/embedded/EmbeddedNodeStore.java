package org.wsnotify.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.wsnotify.presence.Node;
import org.wsnotify.presence.NodeStore;

/**
 * The one server that has the embedded file open. Kept in memory: a lease ends with its process. Safe for use by many
 * threads; never blocks.
 */
public final class EmbeddedNodeStore implements NodeStore {

    private final Clock clock;
    private final Map<String, LeasedNode> nodes = new ConcurrentHashMap<>();

    private record LeasedNode(Instant leaseEnd, Map<String, Long> sent) {}

    /** @param clock this server's clock, which is the store's here */
    public EmbeddedNodeStore(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public boolean register(String node, Duration lease) {
        return nodes.putIfAbsent(node, leased(lease, Map.of())) == null;
    }

    @Override
    public boolean renew(String node, Duration lease, Map<String, Long> sent) {
        return nodes.replace(node, leased(lease, sent)) != null;
    }

    private LeasedNode leased(Duration lease, Map<String, Long> sent) {
        return new LeasedNode(clock.instant().plus(lease), Map.copyOf(sent));
    }

    @Override
    public List<Node> nodes() {
        Instant now = clock.instant();
        List<Node> all = new ArrayList<>();
        nodes.forEach((id, node) -> all.add(new Node(id, node.leaseEnd().isAfter(now), node.sent())));
        return all;
    }

    @Override
    public void remove(String node) {
        nodes.remove(node);
    }

    @Override
    public boolean removeExpired(String node, Duration ago) {
        Instant latest = clock.instant().minus(ago);
        return nodes.computeIfPresent(node, (id, one) -> one.leaseEnd().isAfter(latest) ? one : null) == null;
    }

    @Override
    public Instant time() {
        return clock.instant();
    }
}
