package org.wsnotify.channel;

import java.time.Duration;
import java.time.Instant;

/**
 * Carries texts to and from one client. Each transport has its own kind of channel.
 *
 * <p>Texts arrive in the order of the calls. No method blocks. A channel closes itself if its client is too slow. Safe
 * for use by many threads.
 */
public interface Channel {

    /** Queues a text. */
    void send(String text);

    /** Asks the client for a sign of life, after what is queued. */
    void probe();

    /** Returns when the client last gave a sign of life; at first, when it connected. */
    Instant lastHeard();

    /**
     * Returns how long the client may be silent because it reads what was sent since {@link #lastHeard}: see {@link
     * OutgoingQueue#readingTime}.
     */
    Duration readingTime();

    /**
     * Returns when the send under way began, or null if there is none. For a large send it is later; see {@link
     * OutgoingQueue#sendingSince}.
     */
    Instant sendingSince();

    /**
     * Calls back when nothing is left to be sent or the channel has closed. See {@link OutgoingQueue#whenIdle}.
     */
    void whenSent(Runnable sent);

    /** Returns how many characters are still to be sent. */
    long unsent();

    /**
     * Closes the channel and tells the client why, if the client still reads. Further calls do nothing.
     *
     * @param code a status code of RFC 6455, section 7.4
     */
    void close(int code, String reason);

    /** Closes the channel for one of the server's own reasons. */
    default void close(CloseStatus status) {
        close(status.code(), status.text());
    }

    /** Returns the address of the client; behind a trusted proxy, the one that the proxy gave. */
    String remoteAddress();

    /** Receives what a client sends over a channel. The channel calls it from one thread at a time. */
    interface Listener {
        /** The client sent a text. */
        void text(String text);

        /** The client sent something other than text. */
        void notText();

        /** The channel was closed, by either side. Any thread may call this, also twice. */
        void closed();
    }

    /** Handles new channels. */
    @FunctionalInterface
    interface Application {
        /** Handles a channel that was just opened, and may use it at once. */
        Listener opened(Channel channel);
    }
}
