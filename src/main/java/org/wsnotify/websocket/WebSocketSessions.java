package org.wsnotify.websocket;

import jakarta.websocket.Session;
import java.time.Clock;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.meter.Meters;
import org.wsnotify.session.CloseReason;
import org.wsnotify.session.OutgoingQueue;
import org.wsnotify.session.SerialExecutor;
import org.wsnotify.session.SessionRegistry;

/** Makes the sessions and conversations of new connections. Safe for use by many threads. */
public final class WebSocketSessions {

    /**
     * What one connection may use.
     *
     * @param sessions most open at once on this server
     * @param queue what may wait to be sent
     * @param requests how many requests may wait for their answer
     */
    public record Limits(int sessions, OutgoingQueue.Bounds queue, int requests) {}

    private final SessionRegistry registry;
    private final Conversation.Parts parts;
    private final Limits limits;
    private final WebSocketClientSession.Shared shared;

    public WebSocketSessions(Conversation.Parts parts, Limits limits, Clock clock, Meters meters) {
        this.registry = parts.registry();
        this.parts = parts;
        this.limits = limits;
        this.shared = new WebSocketClientSession.Shared(
                registry, limits.queue(), clock, parts.executors().requests(), meters);
    }

    WebSocketClientSession open(Session session, String remoteAddress) {
        WebSocketClientSession client = new WebSocketClientSession(session, remoteAddress, shared);
        registry.opened(client);
        if (registry.size() > limits.sessions()) {
            client.close(CloseReason.OVERLOADED);
        }
        return client;
    }

    Conversation converse(WebSocketClientSession client) {
        return new Conversation(client, parts, new SerialExecutor(limits.requests()));
    }
}
