package org.wsnotify.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.session.UserListener;

/**
 * Who is online on other servers, and what the others know of the users here.
 *
 * <p>A user must be known to the others before the first session here is told anything: {@link #arriving}. Safe for use
 * by many threads.
 */
public final class Presence implements UserListener {

    private final Supplier<String> self;
    private final PresenceStore store;
    private final Nodes nodes;
    private final PresenceWriter writer;
    /** The id under which the others know this server. */
    private volatile String known = "";

    /** @param self the id of this server */
    public Presence(Supplier<String> self, PresenceStore store, Nodes nodes, PresenceWriter writer) {
        this.self = Objects.requireNonNull(self, "self");
        this.store = Objects.requireNonNull(store, "store");
        this.nodes = Objects.requireNonNull(nodes, "nodes");
        this.writer = Objects.requireNonNull(writer, "writer");
    }

    /** A user whose session is about to join. As long as it is not closed, the user counts as online here. */
    public interface Arrival extends AutoCloseable {

        /**
         * Completes when all servers can know that the user is here; with a {@link
         * org.wsnotify.notification.StoreUnavailableException} if that cannot be written.
         */
        CompletableFuture<Void> known();

        @Override
        void close();
    }

    /** The other servers know this one under its present id: users may arrive from now on. */
    public void open() {
        known = self.get();
    }

    /**
     * Announces users, in one write, for which this may wait. A session joins when its {@link Arrival#known} has
     * completed, which is usually so at the end of this.
     *
     * @return an arrival for each, in order
     */
    public List<Arrival> arriving(List<String> userIds) {
        if (!known.equals(self.get())) {
            return userIds.stream().<Arrival>map(userId -> new Unannounced()).toList();
        }
        List<CompletableFuture<Void>> written = writer.arriving(userIds);
        List<Arrival> arrivals = new ArrayList<>(userIds.size());
        for (int i = 0; i < userIds.size(); i++) {
            arrivals.add(new Announced(userIds.get(i), written.get(i)));
        }
        return arrivals;
    }

    private final class Announced implements Arrival {
        private final String userId;
        private final CompletableFuture<Void> written;

        Announced(String userId, CompletableFuture<Void> written) {
            this.userId = userId;
            this.written = written;
        }

        @Override
        public CompletableFuture<Void> known() {
            return written;
        }

        @Override
        public void close() {
            writer.arrived(userId);
        }
    }

    /** Before this server is known to the others, nobody can be announced. */
    private static final class Unannounced implements Arrival {
        @Override
        public CompletableFuture<Void> known() {
            return CompletableFuture.failedFuture(new StoreUnavailableException("The server has not started yet"));
        }

        @Override
        public void close() {
            // nothing was announced
        }
    }

    @Override
    public void arrived(String userId) {
        writer.connected(userId);
    }

    @Override
    public void left(String userId, Optional<Instant> broke) {
        writer.left(userId, broke);
    }

    /**
     * Returns where users are on other servers. What they must be told was stored before this is called.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException if that cannot be read
     */
    public Whereabouts whereabouts(Collection<String> users) {
        List<Node> others = nodes.others();
        return nodes.alone() ? Whereabouts.NOWHERE : Whereabouts.of(store.where(users), self.get(), others);
    }

    /**
     * Returns whether nobody can be on another server, nor have been on one a minute ago. Does not block; false if that
     * is not certain.
     */
    public boolean isAlone() {
        return nodes.alone();
    }

    /**
     * Returns whether this server has the smallest id of all that live. What only one of them should do is done there.
     * Two may think so for a moment. Does not block.
     */
    public boolean isFirst() {
        String own = self.get();
        return nodes.lastKnown().stream()
                .filter(Node::live)
                .noneMatch(node -> node.id().compareTo(own) < 0);
    }

    /** Returns how many nodes live, with this one, as far as is known. Does not block. */
    public int liveServers() {
        return 1 + (int) nodes.lastKnown().stream().filter(Node::live).count();
    }

    /** Returns the ids of the other nodes, live or not, as far as is known. Does not block. */
    public List<String> otherNodes() {
        return nodes.lastKnown().stream().map(Node::id).toList();
    }

    /** Returns whether a node other than this one lives, as far as is known. Does not block. */
    public boolean isLive(String node) {
        return nodes.lastKnown().stream()
                .anyMatch(other -> other.live() && other.id().equals(node));
    }
}
