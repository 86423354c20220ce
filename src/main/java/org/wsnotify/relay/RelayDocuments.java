package org.wsnotify.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wsnotify.notification.InboxChange;
import org.wsnotify.notification.Message;

/** Builds the documents of one batch: one for each node that is told, or several if the bounds demand it. */
final class RelayDocuments {

    static final int MAX_EVENTS = 1_000;

    /** By the estimate of this class. */
    static final int MAX_BYTES = 1_000_000;

    private static final int BYTES_OF_A_CHARACTER = 3;
    private static final int BYTES_OF_AN_EVENT = 100;

    private final String from;
    private final RelayNumbers numbers;
    private final Map<String, Pages> targets = new LinkedHashMap<>();

    /** The events for one node, in documents; the last one is not full yet. */
    private static final class Pages {
        private final List<List<RelayEvent>> pages = new ArrayList<>(List.of(new ArrayList<>()));
        private boolean lost;
        private int size;
        private long bytes;

        void add(RelayEvent event, int moreSize, long moreBytes) {
            pages.get(pages.size() - 1).add(event);
            size += moreSize;
            bytes += moreBytes;
        }

        boolean hasRoom(int moreSize, long moreBytes) {
            return size + moreSize <= MAX_EVENTS && bytes + moreBytes <= MAX_BYTES;
        }

        /** Begins a document, unless this much fits into the last one, or that is empty. */
        void makeRoom(long moreBytes) {
            if (size > 0 && !hasRoom(1, moreBytes)) {
                pages.add(new ArrayList<>());
                size = 0;
                bytes = 0;
            }
        }
    }

    /** @param from the node that tells */
    RelayDocuments(String from, RelayNumbers numbers) {
        this.from = from;
        this.numbers = numbers;
    }

    /** Tells a node of a publication. */
    void add(String to, RelayEvent.Published event, List<RelayEvent.Item> items) {
        Pages pages = pages(to);
        long shared = bytes(event.publication().length()
                + event.message().map(Message::characters).orElse(0));
        for (int start = 0; start < items.size(); ) {
            long bytes = shared + bytes(items.get(start));
            pages.makeRoom(bytes);
            int end = start + 1;
            while (end < items.size() && pages.hasRoom(end + 1 - start, bytes + bytes(items.get(end)))) {
                bytes += bytes(items.get(end));
                end++;
            }
            pages.add(event.withItems(items.subList(start, end)), end - start, bytes);
            start = end;
        }
    }

    /** Tells a node of something that concerns one user. */
    void add(String to, RelayEvent event) {
        Pages pages = pages(to);
        long bytes = bytes(event);
        pages.makeRoom(bytes);
        pages.add(event, 1, bytes);
    }

    /** Tells a node first of all that events for it were dropped. */
    void lost(String to) {
        pages(to).lost = true;
    }

    private Pages pages(String to) {
        return targets.computeIfAbsent(to, any -> new Pages());
    }

    /** Numbers the documents and returns them, in the order of their numbers for each node. */
    List<RelayDocument> build() {
        List<RelayDocument> documents = new ArrayList<>();
        targets.forEach((to, pages) -> {
            boolean lost = pages.lost;
            for (List<RelayEvent> events : pages.pages) {
                documents.add(new RelayDocument(to, from, numbers.next(to), lost, events));
                lost = false;
            }
        });
        return documents;
    }

    private static long bytes(int characters) {
        return BYTES_OF_AN_EVENT + (long) BYTES_OF_A_CHARACTER * characters;
    }

    private static long bytes(RelayEvent.Item item) {
        return bytes(item.userId().length() + item.id().length());
    }

    private static long bytes(RelayEvent event) {
        if (event instanceof RelayEvent.Changed changed) {
            return bytes(changed.userId().length() + characters(changed.change()));
        }
        if (event instanceof RelayEvent.SessionsEnded ended) {
            return bytes(ended.userId().length());
        }
        return bytes(((RelayEvent.Doubted) event).userId().length());
    }

    private static int characters(InboxChange change) {
        if (change instanceof InboxChange.MarkedSeen seen) {
            return characters(seen.ids());
        }
        if (change instanceof InboxChange.Removed removed) {
            return characters(removed.ids());
        }
        return ((InboxChange.MarkedAllSeen) change).newest().map(String::length).orElse(0);
    }

    private static int characters(List<String> texts) {
        return texts.stream().mapToInt(String::length).sum();
    }
}
