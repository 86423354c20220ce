package org.wsnotify.wire;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.CloseReason;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.session.BadMessageException;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.Envelope;

/** A client that speaks envelopes over a channel. Safe for use by many threads. */
final class ChannelSession implements ClientSession, Channel.Listener {

    private final Channel channel;
    private final ChannelSessions sessions;
    private final Conversation conversation;
    private final AtomicBoolean closed = new AtomicBoolean();

    ChannelSession(Channel channel, ChannelSessions sessions) {
        this.channel = channel;
        this.sessions = sessions;
        this.conversation = sessions.converse(this);
    }

    @Override
    public void text(String text) {
        try {
            conversation.hear(ClientMessageReader.read(text));
        } catch (BadMessageException e) {
            conversation.hear(e);
        }
    }

    @Override
    public void notText() {
        conversation.hear(new BadMessageException("not-text", "Envelopes are text frames.", ""));
    }

    @Override
    public void closed() {
        if (closed.compareAndSet(false, true)) {
            sessions.closed(this);
        }
    }

    @Override
    public void send(Envelope envelope) {
        if (!closed.get()) {
            channel.send(sessions.format().encode(envelope));
        }
    }

    @Override
    public void probe() {
        channel.probe();
    }

    @Override
    public Instant lastHeard() {
        return channel.lastHeard();
    }

    @Override
    public Instant sendingSince() {
        return channel.sendingSince();
    }

    @Override
    public void whenSent(Runnable sent) {
        channel.whenSent(sent);
    }

    @Override
    public long unsent() {
        return channel.unsent();
    }

    @Override
    public void close(CloseReason reason) {
        closed();
        channel.close(reason.code(), reason.text());
    }

    @Override
    public boolean changesUser() {
        return sessions.format().changesUser();
    }

    @Override
    public String remoteAddress() {
        return channel.remoteAddress();
    }
}
