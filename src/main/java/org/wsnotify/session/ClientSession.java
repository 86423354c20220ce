package org.wsnotify.session;

import java.time.Instant;
import org.wsnotify.channel.CloseReason;
import org.wsnotify.channel.OutgoingQueue;

/**
 * One live connection of a client, over whatever transport.
 *
 * <p>Opened and closed by its transport, which tells the {@link SessionRegistry}. Safe for use by many threads; no
 * method blocks.
 */
public interface ClientSession {

    /** Queues an envelope; envelopes arrive in the order of the calls. A session that cannot keep up closes itself. */
    void send(Envelope envelope);

    /** Asks the client for a sign of life, behind what is queued. */
    void probe();

    /** When the client was last heard from: a message, a pong, a poll; at first when it connected. */
    Instant lastHeard();

    /**
     * When the send under way began, for a large one later; null when there is none. See {@link
     * OutgoingQueue#sendingSince}.
     */
    Instant sendingSince();

    /**
     * Waits without a thread until nothing is left to be sent, or the session has ended. See {@link
     * OutgoingQueue#whenIdle}.
     */
    void whenSent(Runnable sent);

    /** How many characters are left to be sent. */
    long unsent();

    /**
     * Ends the session: leaves the registry at once, tells the client when that is possible. Calling it again does
     * nothing.
     */
    void close(CloseReason reason);

    /** Whether somebody else may join without a {@code leave} before. */
    default boolean changesUser() {
        return true;
    }

    /** Where the client comes from, as far as we can trust it. */
    String remoteAddress();
}
