package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.delivery.MailDecision;
import org.wsnotify.delivery.MailPolicy;
import org.wsnotify.delivery.Notifier;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.StoredPushes;
import org.wsnotify.delivery.UnfinishedPublications;
import org.wsnotify.inbox.AnswerLimits;
import org.wsnotify.inbox.ConnectedUsers;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.outbox.PresenceReporter;
import org.wsnotify.presence.OneServer;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.StoreClock;
import org.wsnotify.presence.StoreClocks;
import org.wsnotify.presence.ThisNode;
import org.wsnotify.relay.Relay;
import org.wsnotify.session.RecordingSession;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.story.DecisionRecorder;

/** A server that has the database for itself sends no command more than it needs for its own work. */
class MongoAloneTest {

    private static final List<String> COMMANDS = new CopyOnWriteArrayList<>();

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(() -> MongoTestDatabase.aloneOnServer(
            MongoTestDatabase.newName(),
            settings -> settings.addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    COMMANDS.add(event.getCommandName() + " "
                            + event.getCommand()
                                    .get(event.getCommandName())
                                    .asString()
                                    .getValue());
                }
            })));

    private final ScheduledExecutorService tasks = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void end() {
        tasks.shutdownNow();
    }

    @Test
    void publicationsAndChangesCostNoCommandForOtherServers() throws Exception {
        MongoConnection connection = DATABASE.connection();
        ThisNode self = new ThisNode();
        Presence presence =
                OneServer.longAlone(self, new MongoNodeStore(connection), new MongoPresenceStore(connection), tasks);
        StoreClock clock = StoreClocks.own(Clock.systemUTC());
        SessionRegistry registry = new SessionRegistry();
        MongoNotificationStore store = new MongoNotificationStore(connection);
        MongoOutbox outbox = new MongoOutbox(connection);
        Relay relay = new Relay(self, presence, new MongoRelayLog(connection, clock), tasks);
        DecisionRecorder decisions = new DecisionRecorder(new MongoStoryStore(connection), self, clock);
        ConnectedUsers users = ConnectedUsers.of(registry, store, 1000, clock, tasks, Meters.NONE, decisions);
        Devices devices = new Devices(registry, users, presence, relay, clock);
        Duration hold = Duration.ofSeconds(5);
        var confirmation = new PresenceConfirmation(registry::heardSince, hold, clock, clock, presence);
        var reporter = new PresenceReporter(outbox, registry::heardSince, hold, clock, clock, presence);
        MailDecision mails = new MailDecision(
                outbox, devices, new MailPolicy(50, hold), decisions, confirmation, reporter, delay -> {});
        StoredPushes pushes = new StoredPushes(store, devices, clock);
        NotificationIds ids = new NotificationIds(clock, self);
        var unfinished = new UnfinishedPublications(pushes, devices, confirmation, reporter);
        Notifier notifier = new Notifier(
                store,
                new MongoRetractionStore(connection),
                new MongoScheduleStore(connection),
                mails,
                devices,
                pushes,
                unfinished,
                ids,
                clock,
                Meters.NONE);
        Inbox inbox = new Inbox(store, users, devices, new AnswerLimits(30, 1000), clock);
        RecordingSession session = new RecordingSession();
        registry.opened(session, clock.instant());
        registry.beginJoin(session, "anna", 10);
        COMMANDS.clear();

        var receipt =
                notifier.publish(new Publication(Message.of("hello"), recipients("anna", "ben"), Optional.empty()));
        assertThat(COMMANDS).startsWith("insert ws_notification").containsOnlyOnce("insert ws_notification");
        assertOnlyNotifications();

        inbox.markSeen("anna", List.of(receipt.lines().get(0).id()));
        assertOnlyNotifications();
    }

    /** The counts may be read behind an answer. */
    private void assertOnlyNotifications() throws Exception {
        tasks.submit(() -> {}).get();
        assertThat(COMMANDS).isNotEmpty().allMatch(command -> command.endsWith(" ws_notification"));
        COMMANDS.clear();
    }

    private static List<Recipient> recipients(String... users) {
        return Stream.of(users).map(user -> new Recipient(user, "")).toList();
    }
}
