package org.wsnotify.wire;

import java.lang.System.Logger.Level;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.conversation.SerialExecutor;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.ConnectionQuota;

/**
 * Opens a session with its conversation on each new channel, and takes it out of the registry when it has ended. Safe
 * for use by many threads.
 */
public final class SessionOpener implements Channel.Application {

    private static final System.Logger LOG = System.getLogger(SessionOpener.class.getName());

    private final EnvelopeFormat format;
    private final Conversation.Parts parts;
    private final ConnectionQuota quota;
    private final int maxRequests;

    /**
     * @param quota shared by the sessions of all transports
     * @param maxRequests how many requests of one client may wait for their answer
     */
    public SessionOpener(EnvelopeFormat format, Conversation.Parts parts, ConnectionQuota quota, int maxRequests) {
        this.format = format;
        this.parts = parts;
        this.quota = quota;
        this.maxRequests = maxRequests;
    }

    @Override
    public Channel.Listener opened(Channel channel) {
        ClientSession session = new ClientSession(channel, format.encoder(), format.changesUser(), this::closed);
        LOG.log(Level.DEBUG, "a session was opened, from {0}", channel.remoteAddress());
        boolean withinQuota = quota.acquire(channel.remoteAddress());
        if (!parts.registry().opened(session, parts.clock().instant())) {
            session.close(CloseStatus.GOING_AWAY);
        } else if (!withinQuota) {
            session.close(CloseStatus.OVERLOADED);
        }
        return new EnvelopeListener(session, new Conversation(session, parts, new SerialExecutor(maxRequests)));
    }

    private void closed(ClientSession session) {
        quota.release(session.channel().remoteAddress());
        parts.registry().closed(session, parts.clock().instant());
        LOG.log(Level.DEBUG, "a session was closed, from {0}", session.channel().remoteAddress());
    }
}
