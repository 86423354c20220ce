package org.wsnotify.wire;

import java.lang.System.Logger.Level;
import java.time.Clock;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.conversation.Conversations;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.ConnectionQuota;
import org.wsnotify.session.SessionRegistry;

/**
 * Opens a session with its conversation on each new channel, and takes it out of the registry when it has ended. Safe
 * for use by many threads.
 */
public final class SessionOpener implements Channel.Application {

    private static final System.Logger LOG = System.getLogger(SessionOpener.class.getName());

    private final EnvelopeFormat format;
    private final SessionRegistry registry;
    private final ConnectionQuota quota;
    private final Conversations conversations;
    private final Clock clock;

    /** @param quota shared by the sessions of all transports */
    public SessionOpener(
            EnvelopeFormat format,
            SessionRegistry registry,
            ConnectionQuota quota,
            Conversations conversations,
            Clock clock) {
        this.format = format;
        this.registry = registry;
        this.quota = quota;
        this.conversations = conversations;
        this.clock = clock;
    }

    @Override
    public Channel.Listener opened(Channel channel) {
        ClientSession session = new ClientSession(channel, format.encoder(), format.changesUser(), this::closed);
        LOG.log(Level.DEBUG, "a session was opened, from {0}", channel.remoteAddress());
        boolean withinQuota = quota.acquire(channel.remoteAddress());
        if (!registry.opened(session, clock.instant())) {
            session.close(CloseStatus.GOING_AWAY);
        } else if (!withinQuota) {
            session.close(CloseStatus.OVERLOADED);
        }
        return new EnvelopeListener(session, conversations.start(session));
    }

    private void closed(ClientSession session) {
        quota.release(session.channel().remoteAddress());
        registry.closed(session, clock.instant());
        LOG.log(Level.DEBUG, "a session was closed, from {0}", session.channel().remoteAddress());
    }
}
