package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import org.wsnotify.conversation.Conversation;
import org.wsnotify.delivery.Inbox;
import org.wsnotify.http.NotifySettings;
import org.wsnotify.login.LoginService;
import org.wsnotify.meter.Meters;
import org.wsnotify.servlet.Entrance;
import org.wsnotify.servlet.Origins;
import org.wsnotify.session.OutgoingQueue;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.websocket.RawWebSocket;
import org.wsnotify.websocket.WebSocketChannel;
import org.wsnotify.wire.ChannelSessions;
import org.wsnotify.wire.EnvelopeFormat;

/** Gives the ways in what they need. */
@ApplicationScoped
public class WebProducer {

    @Inject
    Settings settings;

    @Inject
    Threads threads;

    @Inject
    SessionRegistry registry;

    @Produces
    @Singleton
    NotifySettings notifySettings() {
        Settings.Publishing publishing = settings.publishing();
        return NotifySettings.of(
                publishing.apiKeys(), publishing.maxBody(), publishing.maxUsers(), publishing.maxContent());
    }

    @Produces
    @Singleton
    Entrance entrance() {
        return new Entrance(
                new Origins(settings.sessions().allowedOrigins()),
                Set.copyOf(settings.publishing().trustedProxies()),
                settings.demo());
    }

    @Produces
    @Singleton
    Conversation.Parts conversations(LoginService logins, Inbox inbox) {
        return new Conversation.Parts(
                registry, logins, inbox, new Conversation.Executors(threads.requests(), threads.logins()));
    }

    @Produces
    @Singleton
    WebSocketChannel.Shared webSockets(Clock clock, Meters meters) {
        return new WebSocketChannel.Shared(bounds(), clock, threads.requests(), meters);
    }

    @Produces
    @Singleton
    RawWebSocket rawWebSocket(Conversation.Parts parts, WebSocketChannel.Shared shared, Clock clock) {
        return new RawWebSocket(sessions(EnvelopeFormat.VALUE, parts, clock), shared);
    }

    private ChannelSessions sessions(EnvelopeFormat format, Conversation.Parts parts, Clock clock) {
        Settings.Sessions sessions = settings.sessions();
        return new ChannelSessions(
                format, parts, new ChannelSessions.Limits(sessions.most(), sessions.requests()), clock);
    }

    private OutgoingQueue.Bounds bounds() {
        return new OutgoingQueue.Bounds(
                settings.sessions().queueFrames(), settings.sessions().queueCharacters());
    }
}
