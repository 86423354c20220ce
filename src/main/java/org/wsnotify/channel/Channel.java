package org.wsnotify.channel;

import java.time.Instant;

/**
 * How texts travel to and from one client: what a transport knows of a session, and all it knows.
 *
 * <p>Texts arrive in the order of the calls. Nothing blocks; a channel that cannot keep up closes itself. Safe for use
 * by many threads.
 */
public interface Channel {

    /** Queues a text. */
    void send(String text);

    /** Asks the client for a sign of life, behind what is queued. */
    void probe();

    /** When the client was last heard from. */
    Instant lastHeard();

    /**
     * When the send under way began, for a large one later; null when there is none. See {@link
     * OutgoingQueue#sendingSince}.
     */
    Instant sendingSince();

    /**
     * Waits without a thread until nothing is left to be sent, or the channel has ended. See {@link
     * OutgoingQueue#whenIdle}.
     */
    void whenSent(Runnable sent);

    /** How many characters are left to be sent. */
    long unsent();

    /**
     * Takes nothing more, and tells the client why when that is possible. Calling it again does nothing.
     *
     * @param code a status code of RFC 6455, section 7.4
     */
    void close(int code, String reason);

    /** Closes the channel for one of the server's own reasons. */
    default void close(CloseStatus status) {
        close(status.code(), status.text());
    }

    /** Where the client comes from, as far as we can trust it. */
    String remoteAddress();

    /** What is said over a channel. The channel calls it from one thread at a time. */
    interface Listener {
        /** The client sent a text. */
        void text(String text);

        /** The client sent something that is no text. */
        void notText();

        /** The channel was closed, by whatever side. */
        void closed();
    }

    /** What begins on each new channel. */
    @FunctionalInterface
    interface Application {
        /** A channel was opened; it may be used at once. */
        Listener opened(Channel channel);
    }
}
