package org.wsnotify.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The servers that share a store. Each one holds a lease, which ends by the store's clock.
 *
 * <p>A node whose lease has ended stays registered for a while, and may still renew it: what it was to be told
 * meanwhile waits for it in the {@code RelayLog}.
 *
 * <p>What a method did is durable when it returns. Safe for use by many threads and servers. Every method may block and
 * throws {@link org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached; repeating the call
 * is safe.
 */
public interface NodeStore {

    /**
     * Registers a node, with a lease from now on.
     *
     * @return false if another node has this id
     */
    boolean register(String node, Duration lease);

    /**
     * Extends the lease of a registered node to {@code lease} from now, also if it has ended.
     *
     * @param sent how many relay documents the node has written to each other node
     * @return false if the node is not registered any more
     */
    boolean renew(String node, Duration lease, Map<String, Long> sent);

    /** Returns all registered nodes, live or not, in any order. */
    List<Node> nodes();

    /** Removes a node that has stopped. Does nothing if it is not registered. */
    void remove(String node);

    /**
     * Removes a node whose lease ended at least {@code ago}.
     *
     * @return whether the node is not registered any more
     */
    boolean removeExpired(String node, Duration ago);

    /** Returns the store's time. */
    Instant time();
}
