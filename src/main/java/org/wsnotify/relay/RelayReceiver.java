package org.wsnotify.relay;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.wsnotify.presence.Node;

/**
 * Delivers what other nodes tell this one: each document once, in the order of its sender's numbers. What is missing is
 * read from the log.
 *
 * <p>The methods may block on the store, and throw {@link org.wsnotify.notification.StoreUnavailableException}. Nothing
 * is lost then: calling again delivers it. When the id of this node changes, everything starts anew. Safe for use by
 * many threads: one works at a time, and the others wait for it.
 */
public final class RelayReceiver {

    private static final Logger LOG = System.getLogger(RelayReceiver.class.getName());

    /** As long as this the documents of a node that is not registered any more may still arrive. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final int READ_AT_ONCE = 100;

    private final Supplier<String> self;
    private final RelayLog log;
    private final RelayListener listener;
    private final LongSupplier nanoTime;
    /** The number of the last document that was delivered, for each sender. */
    private final Map<String, Long> delivered = new HashMap<>();

    private final Map<String, Long> absentSince = new HashMap<>();
    private String id = "";
    private boolean gap;

    /** @param self the id of this node, which may change */
    public RelayReceiver(Supplier<String> self, RelayLog log, RelayListener listener) {
        this(self, log, listener, System::nanoTime);
    }

    RelayReceiver(Supplier<String> self, RelayLog log, RelayListener listener, LongSupplier nanoTime) {
        this.self = Objects.requireNonNull(self, "self");
        this.log = Objects.requireNonNull(log, "log");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /** Delivers what the stream of this node has brought. After a gap the log of every known sender is read first. */
    public synchronized void received(RelayStream.Received received) {
        startAnewUnderNewId();
        gap |= received.gap();
        if (gap) {
            List.copyOf(delivered.keySet()).forEach(this::catchUp);
            gap = false;
        }
        for (RelayDocument document : received.documents()) {
            if (document.to().equals(id)) {
                if (document.number() > last(document.from()) + 1) {
                    catchUp(document.from());
                }
                deliver(document);
            }
        }
    }

    /**
     * Takes notice of the other nodes. If one has written more than has arrived, or is not registered any more, its log
     * is read.
     *
     * @param others all that are registered, live or not
     */
    public synchronized void seen(List<Node> others) {
        startAnewUnderNewId();
        Set<String> registered = new HashSet<>();
        for (Node other : others) {
            registered.add(other.id());
            absentSince.remove(other.id());
            delivered.putIfAbsent(other.id(), 0L);
            catchUp(other.id(), other.sent().getOrDefault(id, 0L));
        }
        for (String sender : List.copyOf(delivered.keySet())) {
            if (!registered.contains(sender)) {
                absent(sender);
            }
        }
    }

    private void startAnewUnderNewId() {
        String now = self.get();
        if (!now.equals(id)) {
            id = now;
            gap = false;
            delivered.clear();
            absentSince.clear();
        }
    }

    private void absent(String sender) {
        long now = nanoTime.getAsLong();
        Long since = absentSince.get(sender);
        if (since == null) {
            catchUp(sender); // nobody tells any more how much it has written
            absentSince.put(sender, now);
        } else if (now - since >= REMEMBERED.toNanos()) {
            absentSince.remove(sender);
            delivered.remove(sender);
        }
    }

    private long last(String sender) {
        return delivered.getOrDefault(sender, 0L);
    }

    private void catchUp(String sender, long sent) {
        if (sent <= last(sender)) {
            return;
        }
        catchUp(sender);
        if (sent > last(sender)) { // the log has them no more
            lost(sender);
            delivered.put(sender, sent);
        }
    }

    /** Delivers what the log has from a sender. */
    private void catchUp(String sender) {
        List<RelayDocument> found;
        do {
            found = log.read(id, sender, last(sender), READ_AT_ONCE);
            found.forEach(this::deliver);
        } while (found.size() == READ_AT_ONCE);
    }

    /** Delivers a document, unless it was before. Those that are still missing here are gone for good. */
    private void deliver(RelayDocument document) {
        String sender = document.from();
        long expected = last(sender) + 1;
        if (document.number() < expected) {
            return;
        }
        if (document.lost() || document.number() > expected) {
            lost(sender);
        }
        delivered.put(sender, document.number());
        for (RelayEvent event : document.events()) {
            try {
                listener.received(event);
            } catch (RuntimeException | Error e) { // the next event must come
                LOG.log(Level.ERROR, "What server " + sender + " told could not be passed on", e);
            }
        }
    }

    private void lost(String sender) {
        LOG.log(Level.WARNING, "something that server {0} told this one is lost", sender);
        try {
            listener.lost();
        } catch (RuntimeException e) { // what is not lost must come
            LOG.log(Level.ERROR, "The loss of what server " + sender + " told could not be passed on", e);
        }
    }
}
