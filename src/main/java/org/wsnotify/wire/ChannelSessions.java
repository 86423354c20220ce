package org.wsnotify.wire;

import java.lang.System.Logger.Level;
import java.time.Clock;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.CloseReason;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.conversation.SerialExecutor;
import org.wsnotify.session.ConnectionQuota;

/** Begins a conversation in envelopes on each new channel. Safe for use by many threads. */
public final class ChannelSessions implements Channel.Application {

    /**
     * What clients may use.
     *
     * @param places for the sessions of all transports
     * @param requests how many requests of one client may wait for their answer
     */
    public record Limits(ConnectionQuota places, int requests) {}

    private static final System.Logger LOG = System.getLogger(ChannelSessions.class.getName());

    private final EnvelopeFormat format;
    private final Conversation.Parts parts;
    private final Limits limits;
    private final Clock clock;

    public ChannelSessions(EnvelopeFormat format, Conversation.Parts parts, Limits limits, Clock clock) {
        this.format = format;
        this.parts = parts;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Channel.Listener opened(Channel channel) {
        ChannelSession session = new ChannelSession(channel, this);
        LOG.log(Level.DEBUG, "a session was opened, from {0}", session.remoteAddress());
        boolean placed = limits.places().take(session.remoteAddress());
        if (!parts.registry().opened(session, clock.instant())) {
            session.close(CloseReason.GOING_AWAY);
        } else if (!placed) {
            session.close(CloseReason.OVERLOADED);
        }
        return session;
    }

    EnvelopeFormat format() {
        return format;
    }

    Conversation converse(ChannelSession session) {
        return new Conversation(session, parts, new SerialExecutor(limits.requests()));
    }

    void closed(ChannelSession session) {
        limits.places().release(session.remoteAddress());
        parts.registry().closed(session, clock.instant());
        LOG.log(Level.DEBUG, "a session was closed, from {0}", session.remoteAddress());
    }
}
