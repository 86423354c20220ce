package org.wsnotify.session;

import java.util.function.Consumer;
import java.util.function.Function;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.CloseStatus;

/**
 * One live connection of a client: envelopes over a {@link Channel}.
 *
 * <p>Its opener adds it to the {@link SessionRegistry}, and removes it after it has closed. Safe for use by many
 * threads; no method blocks.
 */
public class ClientSession {

    private final Channel channel;
    private final Function<Envelope, String> encoder;
    private final boolean changesUser;
    private final Consumer<ClientSession> onClosed;
    private volatile boolean closed;
    private volatile boolean revoked;

    /**
     * @param encoder writes an envelope as the text that the client reads
     * @param changesUser whether another user may join without a {@code leave} before
     * @param onClosed called once when the session has ended, whatever the reason; must not block
     */
    public ClientSession(
            Channel channel,
            Function<Envelope, String> encoder,
            boolean changesUser,
            Consumer<ClientSession> onClosed) {
        this.channel = channel;
        this.encoder = encoder;
        this.changesUser = changesUser;
        this.onClosed = onClosed;
    }

    /** The channel to the client. To send an envelope or to end the session, use the session's own methods. */
    public Channel channel() {
        return channel;
    }

    /** Queues an envelope. Envelopes arrive in the order of the calls; a closed session drops them. */
    public void send(Envelope envelope) {
        if (!closed) {
            channel.send(encoder.apply(envelope));
        }
    }

    /** Returns whether another user may join without a {@code leave} before. */
    public boolean changesUser() {
        return changesUser;
    }

    /**
     * Returns whether the session was closed because its login has ended. Then nothing is done any more that its client
     * asks for.
     */
    public boolean isRevoked() {
        return revoked;
    }

    /** Ends the session and tells the client why, if the client still reads. Further calls do nothing. */
    public void close(CloseStatus status) {
        if (status == CloseStatus.LOGIN_ENDED) {
            revoked = true;
        }
        closed();
        channel.close(status);
    }

    /** Ends the session because its channel has closed. Further calls do nothing. */
    public void closed() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        onClosed.accept(this);
    }
}
