package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.channel.QueueLimits;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.login.LoginService;
import org.wsnotify.meter.Meters;
import org.wsnotify.session.ConnectionQuota;
import org.wsnotify.session.Heartbeat;
import org.wsnotify.session.HeartbeatTiming;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.sockjs.SockJsLimits;
import org.wsnotify.sockjs.SockJsOptions;
import org.wsnotify.sockjs.SockJsService;
import org.wsnotify.websocket.WebSocketChannels;
import org.wsnotify.wire.EnvelopeFormat;
import org.wsnotify.wire.SessionOpener;

/** Creates the conversations with clients and the transports that carry them. */
@ApplicationScoped
public class ConnectionProducer {

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
                new HeartbeatTiming(connections.heartbeat(), connections.sendTimeout()),
                outgoing,
                clock,
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
    WebSocketChannels webSockets(OutgoingBudget outgoing, Clock clock, Meters meters) {
        return new WebSocketChannels(queueLimits(outgoing), clock, threads.pings(), threads.closes(), meters);
    }

    @Produces
    @Singleton
    Channel.Application rawWebSocket(Conversation.Parts parts, ConnectionQuota quota) {
        return sessions(EnvelopeFormat.VALUE, parts, quota);
    }

    @Produces
    @Singleton
    SockJsService sockJs(
            Conversation.Parts parts, OutgoingBudget outgoing, ConnectionQuota quota, Clock clock, Meters meters) {
        SockJsSettings sockJs = settings.sockJs();
        return new SockJsService(
                sessions(EnvelopeFormat.STRING, parts, quota),
                new SockJsOptions(true, sockJs.cookie(), settings.connections().allowedOrigins(), sockJs.client()),
                new SockJsLimits(
                        sockJs.maxPerAddress(),
                        sockJs.responseCharacters(),
                        SockJsLimits.BODY_BYTES,
                        queueLimits(outgoing),
                        settings.connections().sendTimeout()),
                clock,
                threads::later,
                meters);
    }

    private SessionOpener sessions(EnvelopeFormat format, Conversation.Parts parts, ConnectionQuota quota) {
        return new SessionOpener(format, parts, quota, settings.connections().maxRequests());
    }

    private QueueLimits queueLimits(OutgoingBudget outgoing) {
        return new QueueLimits(
                settings.connections().queueFrames(), settings.connections().queueCharacters(), outgoing);
    }
}
