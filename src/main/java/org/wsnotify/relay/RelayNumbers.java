package org.wsnotify.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The numbers of the documents that this node writes to each other node. They begin at 1 again under a new id. Used by
 * one thread at a time; only {@link #sent} may be called by others.
 */
final class RelayNumbers {

    /** As long as this a node that is not registered any more is remembered. Documents live no longer. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final LongSupplier nanoTime;
    private final Map<String, Long> last = new HashMap<>();
    private final Map<String, Long> absentSince = new HashMap<>();
    private volatile Sent sent = new Sent("", new ConcurrentHashMap<>());

    /**
     * What is durably written.
     *
     * @param from the id of this node
     * @param numbers the highest number for each other node
     */
    private record Sent(String from, Map<String, Long> numbers) {}

    RelayNumbers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The next documents come from this id. */
    void from(String id) {
        if (!id.equals(sent.from())) {
            last.clear();
            sent = new Sent(id, new ConcurrentHashMap<>());
        }
    }

    /** Returns the number of the next document to a node. */
    long next(String to) {
        return last.merge(to, 1L, Long::sum);
    }

    /** These documents are durable. */
    void written(List<RelayDocument> documents) {
        Sent now = sent;
        documents.stream()
                .filter(document -> document.from().equals(now.from()))
                .forEach(document -> now.numbers().merge(document.to(), document.number(), Math::max));
    }

    /** Returns the highest durable number for each node, if this is the id under which the last ones were written. */
    Map<String, Long> sent(String id) {
        Sent now = sent;
        return now.from().equals(id) ? Map.copyOf(now.numbers()) : Map.of();
    }

    /** Forgets the nodes that have not been registered for a while. They never come back. */
    void retain(Collection<String> registered) {
        long now = nanoTime.getAsLong();
        registered.forEach(absentSince::remove);
        for (String node : List.copyOf(last.keySet())) {
            if (!registered.contains(node)
                    && now - absentSince.computeIfAbsent(node, any -> now) >= REMEMBERED.toNanos()) {
                absentSince.remove(node);
                last.remove(node);
                sent.numbers().remove(node);
            }
        }
    }
}
