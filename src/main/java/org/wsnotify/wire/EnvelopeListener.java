package org.wsnotify.wire;

import org.wsnotify.channel.Channel;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.session.BadMessageException;
import org.wsnotify.session.ClientSession;

/** Reads what a client sends and hands it to the client's conversation. Called by one thread at a time. */
final class EnvelopeListener implements Channel.Listener {

    private final ClientSession session;
    private final Conversation conversation;

    EnvelopeListener(ClientSession session, Conversation conversation) {
        this.session = session;
        this.conversation = conversation;
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
        session.closed();
    }
}
