package org.wsnotify.relay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A relay log in memory, shared by the servers of a test. Other calls may interleave, as with a real store. Its streams
 * do not wait. Safe for use by many threads.
 */
public final class MemoryRelayLog implements RelayLog {

    private final Runnable meanwhile;
    private final List<RelayDocument> appended = new ArrayList<>();
    private final Set<RelayKey> keys = new HashSet<>();
    private final Set<MemoryStream> streams = new HashSet<>();

    private record RelayKey(String to, String from, long number) {}

    public MemoryRelayLog() {
        this(() -> {});
    }

    /**
     * @param meanwhile called before and after each access, without a lock; may throw what the store would throw there
     */
    public MemoryRelayLog(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    @Override
    public void append(List<RelayDocument> documents) {
        for (RelayDocument document : documents) {
            meanwhile.run();
            synchronized (this) {
                if (keys.add(new RelayKey(document.to(), document.from(), document.number()))) {
                    appended.add(document);
                }
            }
        }
        meanwhile.run();
    }

    @Override
    public List<RelayDocument> read(String to, String from, long after, int limit) {
        meanwhile.run();
        List<RelayDocument> found;
        synchronized (this) {
            found = appended.stream()
                    .filter(document ->
                            document.to().equals(to) && document.from().equals(from) && document.number() > after)
                    .sorted(Comparator.comparingLong(RelayDocument::number))
                    .limit(limit)
                    .toList();
        }
        meanwhile.run();
        return found;
    }

    @Override
    public RelayStream follow(String node) {
        return new MemoryStream(node);
    }

    /**
     * Breaks the open streams of a node, so that they lose their places. What they have not yet delivered, and what is
     * appended until they are read again, they never deliver. When read again, they tell of a gap.
     */
    public synchronized void breakStreams(String node) {
        streams.stream().filter(stream -> stream.node.equals(node)).forEach(stream -> stream.next = -1);
    }

    private final class MemoryStream implements RelayStream {

        private final String node;
        private int next = -1;
        private boolean gap;
        private boolean closed;

        MemoryStream(String node) {
            this.node = node;
        }

        @Override
        public Received next() {
            meanwhile.run();
            open();
            meanwhile.run();
            Received received = arrived();
            meanwhile.run();
            return received;
        }

        private void open() {
            synchronized (MemoryRelayLog.this) {
                if (next < 0 && !closed) {
                    next = appended.size();
                    gap = true;
                    streams.add(this);
                }
            }
        }

        private Received arrived() {
            synchronized (MemoryRelayLog.this) {
                if (next < 0 || closed) {
                    return new Received(List.of(), false);
                }
                List<RelayDocument> documents = appended.subList(next, appended.size()).stream()
                        .filter(document -> document.to().equals(node))
                        .toList();
                boolean first = gap;
                next = appended.size();
                gap = false;
                return new Received(documents, first);
            }
        }

        @Override
        public void close() {
            synchronized (MemoryRelayLog.this) {
                closed = true;
                streams.remove(this);
            }
        }
    }
}
