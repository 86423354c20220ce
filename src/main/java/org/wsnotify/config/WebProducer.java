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
import org.wsnotify.websocket.WebSocketSessions;

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
    WebSocketSessions webSocketSessions(LoginService logins, Inbox inbox, Clock clock, Meters meters) {
        Settings.Sessions sessions = settings.sessions();
        return new WebSocketSessions(
                new Conversation.Parts(
                        registry, logins, inbox, new Conversation.Executors(threads.requests(), threads.logins())),
                new WebSocketSessions.Limits(
                        sessions.most(),
                        new OutgoingQueue.Bounds(sessions.queueFrames(), sessions.queueCharacters()),
                        sessions.requests()),
                clock,
                meters);
    }
}
