package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.channel.OutgoingQueue;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.login.LoginService;
import org.wsnotify.meter.Meters;
import org.wsnotify.session.ConnectionQuota;
import org.wsnotify.session.Heartbeat;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.sockjs.Limits;
import org.wsnotify.sockjs.Options;
import org.wsnotify.sockjs.SockJsService;
import org.wsnotify.websocket.RawWebSocket;
import org.wsnotify.websocket.WebSocketChannel;
import org.wsnotify.wire.ChannelSessions;
import org.wsnotify.wire.EnvelopeFormat;

/** Creates the conversations with clients and the transports that carry them. */
@ApplicationScoped
public class ConnectionProducer {

    /** The most bytes in a body of SockJS: the frames that a client collects while it sends the ones before. */
    private static final int SOCKJS_BODY = 131_072;

    /** How long a SockJS session outlives its last connection, as the protocol says. */
    private static final Duration SOCKJS_ABSENCE = Duration.ofSeconds(5);

    /** One character may wait for clients for so many bytes of the heap; a character takes one or two. */
    private static final int HEAP_PER_CHARACTER = 16;

    /** What the largest answer takes while it is built: the notifications, their JSON, and both in ASCII for SockJS. */
    private static final long HEAP_PER_ANSWER = 128L << 20;

    @Inject
    Settings settings;

    @Inject
    Threads threads;

    @Produces
    @Singleton
    ConnectionQuota connectionQuota() {
        return new ConnectionQuota(
                settings.connections().maxConnections(), settings.connections().maxPerAddress());
    }

    @Produces
    @Singleton
    OutgoingBudget outgoingBudget() {
        long heap = Runtime.getRuntime().maxMemory();
        return new OutgoingBudget(heap / HEAP_PER_CHARACTER, (int) Math.max(1, heap / HEAP_PER_ANSWER));
    }

    @Produces
    @Singleton
    Heartbeat heartbeat(SessionRegistry registry, OutgoingBudget outgoing, Clock clock, Meters meters) {
        ConnectionSettings connections = settings.connections();
        return new Heartbeat(
                registry,
                clock,
                new Heartbeat.Limits(connections.heartbeat(), connections.sendTimeout(), outgoing),
                meters);
    }

    @Produces
    @Singleton
    Conversation.Parts conversations(
            SessionRegistry registry, LoginService logins, Inbox inbox, OutgoingBudget outgoing, Clock clock) {
        return new Conversation.Parts(
                registry,
                logins,
                inbox,
                new Conversation.Limits(settings.connections().maxPerUser(), outgoing),
                new Conversation.Executors(threads.requests(), threads.logins()),
                clock);
    }

    @Produces
    @Singleton
    WebSocketChannel.Shared webSockets(OutgoingBudget outgoing, Clock clock, Meters meters) {
        return new WebSocketChannel.Shared(
                bounds(outgoing), clock, new WebSocketChannel.Executors(threads.pings(), threads.closes()), meters);
    }

    @Produces
    @Singleton
    RawWebSocket rawWebSocket(
            Conversation.Parts parts, WebSocketChannel.Shared shared, ConnectionQuota quota, Clock clock) {
        return new RawWebSocket(sessions(EnvelopeFormat.VALUE, parts, quota, clock), shared);
    }

    @Produces
    @Singleton
    SockJsService sockJs(
            Conversation.Parts parts, OutgoingBudget outgoing, ConnectionQuota quota, Clock clock, Meters meters) {
        SockJsSettings sockJs = settings.sockJs();
        return new SockJsService(
                sessions(EnvelopeFormat.STRING, parts, quota, clock),
                new Options(true, sockJs.cookie(), settings.connections().allowedOrigins(), sockJs.client()),
                new Limits(
                        sockJs.maxPerAddress(),
                        sockJs.responseCharacters(),
                        SOCKJS_BODY,
                        bounds(outgoing),
                        SOCKJS_ABSENCE,
                        settings.connections().sendTimeout()),
                clock,
                threads::later,
                meters);
    }

    private ChannelSessions sessions(
            EnvelopeFormat format, Conversation.Parts parts, ConnectionQuota quota, Clock clock) {
        return new ChannelSessions(
                format,
                parts,
                new ChannelSessions.Limits(quota, settings.connections().maxRequests()),
                clock);
    }

    private OutgoingQueue.Bounds bounds(OutgoingBudget outgoing) {
        return new OutgoingQueue.Bounds(
                settings.connections().queueFrames(), settings.connections().queueCharacters(), outgoing);
    }
}
