package org.wsnotify.presence;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which users are on which node.
 *
 * <p>Only the node itself writes its entries. Nothing is written while users stay: an entry counts as long as its node
 * holds its lease.
 *
 * <p>What a method did is durable when it returns. Safe for use by many threads and servers. Every method may block and
 * throws {@link org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached; repeating the call
 * is safe.
 */
public interface PresenceStore {

    /**
     * Writes the state of some users on a node, at most 1,000. After a failure some may be written and others not.
     */
    void write(String node, Map<String, PresenceState> states);

    /**
     * Returns where users are. Users who are nowhere are missing in the result. Entries of dead nodes are included.
     *
     * @param users any number up to that of one publication; they are asked for together
     */
    Map<String, List<Place>> where(Collection<String> users);

    /** Returns the nodes that have entries, in a set that the caller may change. */
    Set<String> nodes();

    /** Removes the users of a node who are online there. Those whose session broke stay for their minute. */
    void forget(String node);
}
