package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.wsnotify.body.BodyGate;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.channel.Channel;
import org.wsnotify.body.IntakeLimits;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.channel.QueueLimits;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.http.BodyReceiver;
import org.wsnotify.http.PublicationLimits;
import org.wsnotify.http.PublicationQueue;
import org.wsnotify.http.PublisherAccess;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.login.LoginService;
import org.wsnotify.login.RareLog;
import org.wsnotify.meter.Meters;
import org.wsnotify.servlet.AccessPolicy;
import org.wsnotify.servlet.AvailabilityGate;
import org.wsnotify.servlet.Origins;
import org.wsnotify.session.ConnectionQuota;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.sockjs.SockJsLimits;
import org.wsnotify.sockjs.SockJsOptions;
import org.wsnotify.sockjs.SockJsService;
import org.wsnotify.sockjs.servlet.SockJsHandler;
import org.wsnotify.websocket.WebSocketChannels;
import org.wsnotify.wire.EnvelopeFormat;
import org.wsnotify.wire.SessionOpener;

/** Gives the ways in what they need. */
@ApplicationScoped
public class WebProducer {

    private static final System.Logger LOG = System.getLogger(PublisherAccess.class.getName());

    /** Most publications that wait for the store: an election of MongoDB takes seconds, and need not be noticed. */
    private static final int PUBLICATIONS = 1_000;

    /** They may take one part in so many of the memory. */
    private static final int PUBLICATIONS_SHARE = 8;

    /** One character may wait for clients for so many bytes of the heap; a character takes one or two. */
    private static final int OUTGOING_SHARE = 16;

    /** What the largest answer takes while it is made: what is read, its JSON, and both in ASCII for SockJS. */
    private static final long HEAP_OF_AN_ANSWER = 128L << 20;

    /**
     * Most bodies on their way: of publishers, of those whose key may be in the body, and of SockJS. Each holds a
     * thread; the servers have some hundred more.
     */
    private static final int BODIES = 48;

    private static final int STRANGERS = 16;
    private static final int STRANGERS_OF_AN_ADDRESS = 4;
    private static final int SOCKJS_BODIES = 32;
    private static final int SOCKJS_BODIES_OF_AN_ADDRESS = 8;

    @Inject
    Settings settings;

    @Inject
    Threads threads;

    @Inject
    SessionRegistry registry;

    @Produces
    @Singleton
    PublisherAccess publisherAccess(Clock clock) {
        RareLog refusals = new RareLog(LOG, Duration.ofMinutes(1), clock);
        return new PublisherAccess(settings.publishing().apiKeys(), refusals, clock);
    }

    @Produces
    @Singleton
    PublicationLimits publicationLimits() {
        Settings.Publishing publishing = settings.publishing();
        return new PublicationLimits(publishing.maxBody(), publishing.maxUsers(), publishing.maxContent());
    }

    @Produces
    @Singleton
    BodyGate bodyGate(PublisherAccess access, PublicationLimits limits) {
        return new BodyReceiver(access, limits, intake(BODIES, BODIES), intake(STRANGERS, STRANGERS_OF_AN_ADDRESS));
    }

    private BodyIntake intake(int bodies, int perAddress) {
        Duration patience = settings.publishing().bodyTimeout();
        return new BodyIntake(IntakeLimits.of(bodies, perAddress, patience), System::nanoTime);
    }

    @Produces
    @Singleton
    PublicationQueue publicationQueue() {
        return new PublicationQueue(
                threads.publications(), PUBLICATIONS, Runtime.getRuntime().maxMemory() / PUBLICATIONS_SHARE);
    }

    @Produces
    @Singleton
    AccessPolicy entrance() {
        return new AccessPolicy(
                new Origins(settings.sessions().allowedOrigins()),
                settings.publishing().trustedProxies(),
                settings.demo());
    }

    @Produces
    @Singleton
    AvailabilityGate gate() {
        return new AvailabilityGate();
    }

    @Produces
    @Singleton
    Conversation.Parts conversations(LoginService logins, Inbox inbox, OutgoingBudget outgoing, Clock clock) {
        return new Conversation.Parts(
                registry,
                logins,
                inbox,
                new Conversation.Limits(settings.sessions().perUser(), outgoing),
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
        Settings.SockJs sockJs = settings.sockJs();
        return new SockJsService(
                sessions(EnvelopeFormat.STRING, parts, quota),
                new SockJsOptions(true, sockJs.cookie(), settings.sessions().allowedOrigins(), sockJs.client()),
                new SockJsLimits(
                        sockJs.sessionsPerAddress(),
                        sockJs.responseCharacters(),
                        SockJsLimits.BODY_BYTES,
                        queueLimits(outgoing),
                        settings.sessions().sendTimeout()),
                clock,
                threads::later,
                meters);
    }

    @Produces
    @Singleton
    SockJsHandler sockJsHandler(SockJsService service) {
        return new SockJsHandler(service, threads.writers(), intake(SOCKJS_BODIES, SOCKJS_BODIES_OF_AN_ADDRESS));
    }

    @Produces
    @Singleton
    ConnectionQuota connectionQuota() {
        return new ConnectionQuota(
                settings.sessions().most(), settings.sessions().perAddress());
    }

    @Produces
    @Singleton
    OutgoingBudget outgoingBudget() {
        long heap = Runtime.getRuntime().maxMemory();
        return new OutgoingBudget(heap / OUTGOING_SHARE, (int) Math.max(1, heap / HEAP_OF_AN_ANSWER));
    }

    private SessionOpener sessions(EnvelopeFormat format, Conversation.Parts parts, ConnectionQuota quota) {
        return new SessionOpener(format, parts, quota, settings.sessions().requests());
    }

    private QueueLimits queueLimits(OutgoingBudget outgoing) {
        return new QueueLimits(
                settings.sessions().queueFrames(), settings.sessions().queueCharacters(), outgoing);
    }
}
