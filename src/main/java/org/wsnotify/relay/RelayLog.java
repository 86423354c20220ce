package org.wsnotify.relay;

import java.util.List;

/**
 * What nodes tell each other, kept for ten minutes: so whoever missed a document finds it by its number.
 *
 * <p>What a method did is durable when it returns. Safe for use by many threads and servers. Every method may block and
 * throws {@link org.wsnotify.notification.StoreUnavailableException} if the store cannot be reached; repeating the call
 * is safe.
 */
public interface RelayLog {

    /** Appends documents. One that is there already, by its nodes and number, is left as it is. */
    void append(List<RelayDocument> documents);

    /**
     * Returns documents from one node to another, in the order of their numbers.
     *
     * @param after the number before the first one that is wanted
     * @param limit how many are returned at most
     */
    List<RelayDocument> read(String to, String from, long after, int limit);

    /** Follows what a node is told from now on. Does not block: the stream connects when it is first read. */
    RelayStream follow(String node);
}
