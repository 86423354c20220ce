package org.wsnotify.presence;

import java.util.Map;
import java.util.Objects;

/**
 * A running server, as the store knows it. Immutable.
 *
 * @param id 8 lower-case hex digits, new at each start; the ids of its notifications end with them
 * @param live whether its lease has not ended. A node whose lease has ended may have died, or have been stopped and
 *     come back
 * @param sent how many relay documents it has written to each node, as of its last renewal
 */
public record Node(String id, boolean live, Map<String, Long> sent) {
    public Node {
        Objects.requireNonNull(id, "id");
        sent = Map.copyOf(sent);
    }
}
