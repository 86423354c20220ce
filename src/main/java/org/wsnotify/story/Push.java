package org.wsnotify.story;

import java.time.Instant;
import java.util.Objects;

/**
 * A push of a notification to the sessions of its user on one server. Immutable.
 *
 * @param node the id of the server
 * @param sessions how many sessions it was handed to
 * @param at when, in store time
 */
public record Push(String node, int sessions, Instant at) {
    public Push {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(at, "at");
    }
}
