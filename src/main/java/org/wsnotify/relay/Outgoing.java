package org.wsnotify.relay;

import java.util.List;
import java.util.Map;

/** An event that waits to be told to other nodes. */
sealed interface Outgoing {

    /** Returns how many events it counts as. */
    int size();

    /**
     * A publication, and which of its notifications each node is told.
     *
     * @param size how many notifications somebody is told of
     */
    record Routed(RelayEvent.Published event, Map<String, List<RelayEvent.Item>> items, int size) implements Outgoing {}

    /** Something that concerns one user, who is looked for when it is told. */
    record Unrouted(String userId, RelayEvent event) implements Outgoing {
        @Override
        public int size() {
            return 1;
        }
    }
}
