package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.channel.QueueLimits;
import org.wsnotify.conversation.Conversations;
import org.wsnotify.conversation.InboxAnswers;
import org.wsnotify.conversation.Joins;
import org.wsnotify.conversation.RequestQueues;
import org.wsnotify.conversation.SessionUsers;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.login.LoginService;
import org.wsnotify.meter.Meters;
import org.wsnotify.presence.Presence;
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
    Conversations conversations(
            SessionRegistry registry,
            Presence presence,
            LoginService logins,
            Inbox inbox,
            OutgoingBudget outgoing,
            Clock clock) {
        ConnectionSettings connections = settings.connections();
        RequestQueues queues = new RequestQueues(threads.requests(), threads.logins(), connections.maxRequests());
        return new Conversations(
                new SessionUsers(registry, logins, connections.maxPerUser(), clock),
                new InboxAnswers(inbox, outgoing),
                new Joins(presence, inbox::counts, queues.ofJoins()),
                queues,
                clock);
    }

    @Produces
    @Singleton
    WebSocketChannels webSockets(OutgoingBudget outgoing, Clock clock, Meters meters) {
        return new WebSocketChannels(queueLimits(outgoing), clock, threads.pings(), threads.closes(), meters);
    }

    @Produces
    @Singleton
    Channel.Application rawWebSocket(
            SessionRegistry registry, ConnectionQuota quota, Conversations conversations, Clock clock) {
        return new SessionOpener(EnvelopeFormat.VALUE, registry, quota, conversations, clock);
    }

    @Produces
    @Singleton
    SockJsService sockJs(
            SessionRegistry registry,
            ConnectionQuota quota,
            Conversations conversations,
            OutgoingBudget outgoing,
            Clock clock,
            Meters meters) {
        SockJsSettings sockJs = settings.sockJs();
        return new SockJsService(
                new SessionOpener(EnvelopeFormat.STRING, registry, quota, conversations, clock),
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

    private QueueLimits queueLimits(OutgoingBudget outgoing) {
        return new QueueLimits(
                settings.connections().queueFrames(), settings.connections().queueCharacters(), outgoing);
    }
}
