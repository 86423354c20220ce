package org.wsnotify.relay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wsnotify.notification.Message;

/**
 * What waits to be told to other nodes, in its order. What does not fit is dropped, and the queue remembers which nodes
 * miss it. Used by one thread at a time.
 */
final class RelayQueue {

    /** An event is dropped if so many wait already. */
    static final int MAX_EVENTS = 10_000;

    /** A longer message is read from the store by the receiver. */
    static final int MAX_MESSAGE = 200_000;

    /** If more than this waits, messages are left out, and the receivers read them from the store. */
    static final int MAX_CHARACTERS = 8_000_000;

    private List<Outgoing> events = new ArrayList<>();
    private final Set<RelayEvent.Doubted> doubts = new HashSet<>();
    private Set<String> losers = new HashSet<>();
    private boolean allLose;
    private int size;
    private long characters;

    /**
     * All that waited at one moment.
     *
     * @param losers the nodes for which something was dropped before
     * @param allLose whether something was dropped that may have concerned any other node
     */
    record Batch(List<Outgoing> events, Set<String> losers, boolean allLose, int size) {}

    /** Adds an event, or drops it and returns false. */
    boolean add(Outgoing event) {
        if (event instanceof Outgoing.Unrouted unrouted
                && unrouted.event() instanceof RelayEvent.Doubted doubted
                && !doubts.add(doubted)) {
            return true; // one reading is enough for all doubts
        }
        if (size >= MAX_EVENTS) {
            lose(event);
            return false;
        }
        events.add(event instanceof Outgoing.Routed routed ? fitting(routed) : event);
        size += event.size();
        return true;
    }

    private Outgoing fitting(Outgoing.Routed routed) {
        RelayEvent.Published event = routed.event();
        int length = event.message().map(Message::characters).orElse(0);
        if (length <= MAX_MESSAGE && characters + length <= MAX_CHARACTERS) {
            characters += length;
            return routed;
        }
        return new Outgoing.Routed(event.withoutMessage(), routed.items(), routed.size());
    }

    private void lose(Outgoing event) {
        if (event instanceof Outgoing.Routed routed) {
            losers.addAll(routed.items().keySet());
        } else {
            allLose = true;
        }
    }

    /** Drops a batch that cannot be told. */
    void lose(Batch batch) {
        batch.events().forEach(this::lose);
        losers.addAll(batch.losers());
        allLose |= batch.allLose();
    }

    /** These nodes miss something that was dropped. */
    void lose(Set<String> nodes) {
        losers.addAll(nodes);
    }

    /** Takes all that waits. */
    Batch take() {
        Batch batch = new Batch(events, losers, allLose, size);
        events = new ArrayList<>();
        losers = new HashSet<>();
        doubts.clear();
        allLose = false;
        size = 0;
        characters = 0;
        return batch;
    }

    /** Returns how many events wait, notifications counted one by one. */
    int size() {
        return size;
    }

    /** Returns whether there is nothing to tell, not even that something was dropped. */
    boolean isEmpty() {
        return events.isEmpty() && losers.isEmpty() && !allLose;
    }
}
