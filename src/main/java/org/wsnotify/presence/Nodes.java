package org.wsnotify.presence;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The other servers, as this one knows them: read from the store at most two seconds ago.
 *
 * <p>A server that starts takes no sessions for {@link #WARM_UP}, so that all others know it by then. Safe for use by
 * many threads.
 */
public final class Nodes {

    /** How old the knowledge of the other nodes may be when something was stored after it. */
    static final Duration FRESH = Duration.ofSeconds(2);

    /** How long a node waits after its registration before a user may join; longer than {@link #FRESH}. */
    public static final Duration WARM_UP = Duration.ofSeconds(5);

    /** As long as this the entries of users whose session broke are kept, also those of nodes that have gone. */
    static final Duration BROKEN_KEPT = Duration.ofSeconds(60);

    private final Supplier<String> self;
    private final NodeStore store;
    private final LongSupplier nanoTime;
    private final long start;
    private volatile Snapshot last = new Snapshot(List.of(), Optional.empty(), Optional.empty());

    /**
     * @param readAt when the reading began
     * @param othersAt when another node was last there
     */
    private record Snapshot(List<Node> others, Optional<Long> readAt, Optional<Long> othersAt) {}

    /** @param self the id of this server */
    public Nodes(Supplier<String> self, NodeStore store) {
        this(self, store, System::nanoTime);
    }

    Nodes(Supplier<String> self, NodeStore store, LongSupplier nanoTime) {
        this.self = Objects.requireNonNull(self, "self");
        this.store = Objects.requireNonNull(store, "store");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.start = nanoTime.getAsLong();
    }

    /** Reads the nodes from the store, and returns the others, live or not. */
    public List<Node> refresh() {
        long now = nanoTime.getAsLong();
        String own = self.get();
        List<Node> others =
                store.nodes().stream().filter(node -> !node.id().equals(own)).toList();
        take(others, now);
        return others;
    }

    private synchronized void take(List<Node> others, long readAt) {
        if (last.readAt().isPresent() && last.readAt().get() - readAt > 0) {
            return; // a later reading was faster
        }
        last = new Snapshot(
                others, Optional.of(readAt), others.isEmpty() ? last.othersAt() : Optional.of(nanoTime.getAsLong()));
    }

    /**
     * Returns the other nodes, live or not. Asks the store if what is known is not fresh. Call it after what concerns
     * them was stored.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException if it must ask, and the store cannot be reached
     */
    List<Node> others() {
        Snapshot snapshot = last;
        return isYounger(snapshot.readAt(), FRESH) ? snapshot.others() : refresh();
    }

    /** Returns the other nodes as they were when last read. Does not block. */
    List<Node> lastKnown() {
        return last.others();
    }

    /**
     * Returns whether this server has had the store for itself for a minute, so that nobody can be or have been on
     * another one. Does not block; returns false if what is known is not fresh.
     */
    boolean alone() {
        Snapshot snapshot = last;
        return isYounger(snapshot.readAt(), FRESH)
                && snapshot.others().isEmpty()
                && !isYounger(Optional.of(start), BROKEN_KEPT)
                && !isYounger(snapshot.othersAt(), BROKEN_KEPT);
    }

    private boolean isYounger(Optional<Long> moment, Duration age) {
        return moment.isPresent() && nanoTime.getAsLong() - moment.get() < age.toNanos();
    }
}
