package org.wsnotify.relay;

import java.util.List;

/**
 * What a node is told, as it arrives. Used by one thread; only {@link #close} may be called by another.
 *
 * <p>After a failure the next {@link #next} connects again, where possible at the place where it was.
 */
public interface RelayStream extends AutoCloseable {

    /**
     * Waits about a second at most for the next documents.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException the store cannot be reached; calling again is safe
     */
    Received next();

    /** Ends the stream. A {@link #next} that waits returns soon. */
    @Override
    void close();

    /**
     * What has arrived.
     *
     * @param documents in the order in which the store took them; may be empty
     * @param gap whether documents may be missing before these, because the stream was opened anew, or because this
     *     database has no streams: then the receiver reads the log
     */
    record Received(List<RelayDocument> documents, boolean gap) {
        public Received {
            documents = List.copyOf(documents);
        }
    }
}
