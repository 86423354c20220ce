package org.wsnotify.embedded;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.relay.RelayDocument;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.relay.RelayStream;

/**
 * A relay log in memory. The server that has the embedded file open has nobody to tell, so nothing is removed from it.
 * Safe for use by many threads.
 */
public final class EmbeddedRelayLog implements RelayLog {

    private final NavigableMap<LogKey, RelayDocument> documents = new ConcurrentSkipListMap<>(
            Comparator.comparing(LogKey::to).thenComparing(LogKey::from).thenComparingLong(LogKey::number));

    private record LogKey(String to, String from, long number) {}

    @Override
    public void append(List<RelayDocument> all) {
        for (RelayDocument document : all) {
            documents.putIfAbsent(new LogKey(document.to(), document.from(), document.number()), document);
        }
    }

    @Override
    public List<RelayDocument> read(String to, String from, long after, int limit) {
        LogKey start = new LogKey(to, from, after);
        LogKey end = new LogKey(to, from, Long.MAX_VALUE);
        return documents.subMap(start, false, end, true).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public RelayStream follow(String node) {
        return new LogPoll();
    }

    /** Lets the receiver read the log now and then. */
    private static final class LogPoll implements RelayStream {

        private static final long MILLIS = 1000;

        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public Received next() {
            try {
                boolean over = closed.await(MILLIS, TimeUnit.MILLISECONDS);
                return new Received(List.of(), !over);
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                throw new StoreUnavailableException("Following the relay log was interrupted", end);
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
