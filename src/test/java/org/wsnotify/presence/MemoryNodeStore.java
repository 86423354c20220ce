package org.wsnotify.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Nodes in memory, shared by the servers of a test. Other calls may interleave, as with a real store. Safe for use by
 * many threads.
 */
public final class MemoryNodeStore implements NodeStore {

    private final Clock clock;
    private final Runnable meanwhile;
    private final Map<String, Lease> leases = new TreeMap<>();

    private record Lease(Instant end, Map<String, Long> sent) {}

    /** @param clock the clock of the store */
    public MemoryNodeStore(Clock clock) {
        this(clock, () -> {});
    }

    /**
     * @param clock the clock of the store
     * @param meanwhile called before and after the effect of each operation, without a lock; may throw what the store
     *     would throw there
     */
    public MemoryNodeStore(Clock clock, Runnable meanwhile) {
        this.clock = clock;
        this.meanwhile = meanwhile;
    }

    @Override
    public boolean register(String node, Duration lease) {
        return access(() -> leases.putIfAbsent(node, new Lease(clock.instant().plus(lease), Map.of())) == null);
    }

    @Override
    public boolean renew(String node, Duration lease, Map<String, Long> sent) {
        Map<String, Long> numbers = Map.copyOf(sent);
        return access(() -> leases.replace(node, new Lease(clock.instant().plus(lease), numbers)) != null);
    }

    @Override
    public List<Node> nodes() {
        return access(() -> {
            Instant now = clock.instant();
            List<Node> nodes = new ArrayList<>();
            leases.forEach((id, lease) -> nodes.add(new Node(id, lease.end().isAfter(now), lease.sent())));
            return nodes;
        });
    }

    @Override
    public void remove(String node) {
        access(() -> leases.remove(node));
    }

    @Override
    public boolean removeExpired(String node, Duration ago) {
        return access(() -> {
            Instant latest = clock.instant().minus(ago);
            leases.computeIfPresent(node, (id, lease) -> lease.end().isAfter(latest) ? lease : null);
            return !leases.containsKey(node);
        });
    }

    @Override
    public Instant time() {
        return access(clock::instant);
    }

    private <T> T access(Supplier<T> operation) {
        meanwhile.run();
        T result;
        synchronized (this) {
            result = operation.get();
        }
        meanwhile.run();
        return result;
    }
}
