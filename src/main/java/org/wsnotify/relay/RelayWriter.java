package org.wsnotify.relay;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.Whereabouts;

/**
 * Routes one batch after another and writes it to the log. Used by one thread at a time; only {@link #sent} may be
 * called by others.
 */
final class RelayWriter {

    private final Supplier<String> self;
    private final Presence presence;
    private final RelayLog log;
    private final RelayNumbers numbers;
    /** What the present batch has become; written again until it is durable. */
    private Optional<List<RelayDocument>> documents = Optional.empty();

    RelayWriter(Supplier<String> self, Presence presence, RelayLog log, LongSupplier nanoTime) {
        this.self = self;
        this.presence = presence;
        this.log = log;
        this.numbers = new RelayNumbers(nanoTime);
    }

    /** Returns the number of the last durable document for each node, under the present id of this one. */
    Map<String, Long> sent() {
        return numbers.sent(self.get());
    }

    /** Writes a batch. After a failure it must be called with the same batch, until it succeeds or that is dropped. */
    void write(RelayQueue.Batch batch) {
        if (documents.isEmpty()) {
            documents = Optional.of(build(batch));
        }
        List<RelayDocument> all = documents.get();
        if (!all.isEmpty()) {
            log.append(all);
            numbers.written(all);
        }
        documents = Optional.empty();
    }

    private List<RelayDocument> build(RelayQueue.Batch batch) {
        Whereabouts where = locate(batch);
        String from = self.get();
        numbers.from(from);
        RelayDocuments building = new RelayDocuments(from, numbers);
        batch.losers().forEach(building::lost);
        if (batch.allLose()) {
            presence.otherNodes().forEach(building::lost);
        }
        for (Outgoing event : batch.events()) {
            if (event instanceof Outgoing.Routed routed) {
                routed.items().forEach((node, items) -> building.add(node, routed.event(), items));
            } else if (event instanceof Outgoing.Unrouted unrouted) {
                where.nodes(unrouted.userId()).forEach(node -> building.add(node, unrouted.event()));
            }
        }
        return building.build();
    }

    /** Asks for all users together. They are not more than the queue takes: 10,000. */
    private Whereabouts locate(RelayQueue.Batch batch) {
        Set<String> users = new HashSet<>();
        for (Outgoing event : batch.events()) {
            if (event instanceof Outgoing.Unrouted unrouted) {
                users.add(unrouted.userId());
            }
        }
        if (users.isEmpty() && !batch.allLose()) {
            return Whereabouts.NOWHERE;
        }
        Whereabouts where = presence.whereabouts(users);
        numbers.retain(presence.otherNodes());
        return where;
    }

    /**
     * Drops the batch that could not be written. Its numbers are not used again, as some may have been written.
     *
     * @return the nodes that miss it; empty if that is not known, because it was not routed yet
     */
    Optional<Set<String>> drop() {
        Optional<Set<String>> losers = documents.map(all -> {
            Set<String> nodes = new HashSet<>();
            all.forEach(document -> nodes.add(document.to()));
            return nodes;
        });
        documents = Optional.empty();
        return losers;
    }
}
