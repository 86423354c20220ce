package org.wsnotify.relay;

import java.util.List;
import java.util.Objects;

/**
 * What one node tells another at once. Immutable.
 *
 * @param to the node that is told
 * @param from the node that tells
 * @param number counts the documents of this pair, from 1 without gaps
 * @param lost whether events before these were dropped, so that the receiver cannot know what its users missed
 * @param events at most 1,000 of them, notifications counted one by one, and one megabyte
 */
public record RelayDocument(String to, String from, long number, boolean lost, List<RelayEvent> events) {
    public RelayDocument {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(from, "from");
        events = List.copyOf(events);
    }
}
