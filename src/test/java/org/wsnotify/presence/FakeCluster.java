package org.wsnotify.presence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;
import org.wsnotify.notification.StoreUnavailableException;

/** Several servers on one store, and their users, as a test says. Used by one thread. */
public final class FakeCluster {

    private final Clock store;
    private final Map<String, Boolean> live = new HashMap<>();
    private final Map<String, List<Place>> places = new HashMap<>();
    private final List<Nodes> known = new ArrayList<>();
    private int questions;
    private boolean down;

    /** @param store the time of the store */
    public FakeCluster(Clock store) {
        this.store = store;
    }

    /** Returns what a server knows that has had the store for itself for long. */
    public static Presence alone() {
        FakeCluster cluster = new FakeCluster(Clock.systemUTC());
        long[] nanos = {0};
        Nodes nodes = new Nodes(() -> "0a0a0a0a", cluster.new NodeTable(), () -> nanos[0]);
        nanos[0] = Duration.ofHours(1).toNanos();
        nodes.refresh();
        return cluster.presence("0a0a0a0a", nodes);
    }

    /** Returns a monotonic clock that goes with another clock. */
    public static LongSupplier nanoTime(Clock clock) {
        return () -> Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    /** Returns the time of the store as a server knows it. */
    public StoreClock clock(Clock own) {
        StoreClock clock = new StoreClock(own, store::instant, nanoTime(store));
        clock.compare();
        return clock;
    }

    /** Starts a server, and returns what it knows of the others. */
    public Presence start(String node) {
        live.put(node, true);
        Nodes nodes = new Nodes(() -> node, new NodeTable(), nanoTime(store));
        known.add(nodes);
        look();
        return presence(node, nodes);
    }

    /** The lease of a server ends. */
    public void kill(String node) {
        live.put(node, false);
        look();
    }

    /** A user is on a server, and on no other. */
    public void put(String userId, String node, Instant since) {
        places.put(userId, List.of(new Place(node, new PresenceState.Online(since))));
    }

    /** The connection of a user to a server broke, and the user is on no other. */
    public void putBroken(String userId, String node, Instant brokeAt) {
        places.put(userId, List.of(new Place(node, new PresenceState.Broke(brokeAt))));
    }

    /** How often it was asked where users are. */
    public int questions() {
        return questions;
    }

    /** From now on nobody can tell where users are, or everybody can again. */
    public void setDown(boolean isDown) {
        down = isDown;
    }

    private void look() {
        known.forEach(Nodes::refresh);
    }

    private Presence presence(String node, Nodes nodes) {
        PlaceTable table = new PlaceTable();
        // Starts no thread, since nothing is written.
        ScheduledThreadPoolExecutor idle = new ScheduledThreadPoolExecutor(1);
        return new Presence(
                () -> node, table, nodes, new PresenceWriter(() -> node, table, StoreClocks.own(store), idle));
    }

    private final class NodeTable implements NodeStore {
        @Override
        public List<Node> nodes() {
            return live.entrySet().stream()
                    .map(node -> new Node(node.getKey(), node.getValue(), Map.of()))
                    .toList();
        }

        @Override
        public boolean register(String node, Duration lease) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean renew(String node, Duration lease, Map<String, Long> sent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(String node) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean removeExpired(String node, Duration ago) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant time() {
            return store.instant();
        }
    }

    private final class PlaceTable implements PresenceStore {
        @Override
        public Map<String, List<Place>> where(Collection<String> users) {
            questions++;
            if (down) {
                throw new StoreUnavailableException("the store of the test is down", null);
            }
            Map<String, List<Place>> found = new HashMap<>(places);
            found.keySet().retainAll(new HashSet<>(users));
            return found;
        }

        @Override
        public void write(String node, Map<String, PresenceState> states) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> nodes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void forget(String node) {
            throw new UnsupportedOperationException();
        }
    }
}
