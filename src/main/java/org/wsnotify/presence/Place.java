package org.wsnotify.presence;

import java.util.Objects;

/**
 * One node on which a user is, or was a moment ago.
 *
 * @param node the node, which may have died meanwhile
 * @param state online or broken; never {@link PresenceState.Gone}
 */
public record Place(String node, PresenceState state) {
    public Place {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(state, "state");
    }
}
