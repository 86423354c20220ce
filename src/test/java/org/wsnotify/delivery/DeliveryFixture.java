package org.wsnotify.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.wsnotify.HandClock;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.conversation.Conversations;
import org.wsnotify.conversation.InboxAnswers;
import org.wsnotify.conversation.Joins;
import org.wsnotify.conversation.RequestQueues;
import org.wsnotify.conversation.SessionUsers;
import org.wsnotify.embedded.EmbeddedDatabase;
import org.wsnotify.embedded.EmbeddedIdempotencyStore;
import org.wsnotify.embedded.EmbeddedNotificationStore;
import org.wsnotify.embedded.EmbeddedRetentionStore;
import org.wsnotify.embedded.EmbeddedRetractionStore;
import org.wsnotify.embedded.EmbeddedScheduleStore;
import org.wsnotify.inbox.AnswerLimits;
import org.wsnotify.inbox.ConnectedUsers;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.LoginLimits;
import org.wsnotify.login.LoginService;
import org.wsnotify.mail.Mail;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MemoryOutbox;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.outbox.PresenceReporter;
import org.wsnotify.presence.FakeCluster;
import org.wsnotify.presence.OneServer;
import org.wsnotify.presence.StoreClocks;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retraction.Retraction;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.RecordingSession;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.story.DecisionRecorder;
import org.wsnotify.story.MemoryStoryStore;

/** The core as in production, with the embedded store and an outbox in memory. */
public final class DeliveryFixture implements AutoCloseable {

    public static final Duration HOLD = Duration.ofSeconds(5);

    public final HandClock clock = new HandClock();
    public final SessionRegistry registry = new SessionRegistry();
    public final MemoryOutbox outbox = new MemoryOutbox();
    public final NotificationStore store;
    public final MemoryStoryStore stories = new MemoryStoryStore();
    public final DecisionRecorder decisions = new DecisionRecorder(stories, () -> "node", clock);
    final IdempotencyStore keys;
    final List<Duration> woken = new ArrayList<>();
    boolean workerGone;
    final NotificationIds ids = new NotificationIds(clock);
    public final OneServer server;
    public final ConnectedUsers users;
    public final Devices devices;
    public final PresenceConfirmation presenceConfirmation =
            new PresenceConfirmation(registry::heardSince, HOLD, clock, StoreClocks.own(clock), FakeCluster.alone());

    final UnfinishedPublications unfinished;
    private final EmbeddedDatabase database;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

    public DeliveryFixture(Path directory) {
        this(directory, UnaryOperator.identity());
    }

    /** @param around wraps the store */
    public DeliveryFixture(Path directory, UnaryOperator<NotificationStore> around) {
        database = EmbeddedDatabase.open(directory);
        store = around.apply(new EmbeddedNotificationStore(database));
        keys = new EmbeddedIdempotencyStore(database);
        server = new OneServer(clock, registry, timers);
        users = ConnectedUsers.of(registry, store, 1000, clock, timers, Meters.NONE, decisions);
        devices = new Devices(registry, users, server.presence, server.relay, server.storeClock);
        unfinished = new UnfinishedPublications(pushes(), devices, presenceConfirmation, reporter(HOLD));
    }

    private void wake(Duration delay) {
        if (workerGone) {
            throw new IllegalStateException("the worker is gone");
        }
        woken.add(delay);
    }

    /** Waits until what is to be told to other servers now has been told. */
    public void settle() {
        try {
            timers.submit(() -> {}).get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public RetentionStore retention() {
        return new EmbeddedRetentionStore(database);
    }

    ScheduleStore schedule() {
        return new EmbeddedScheduleStore(database);
    }

    Retraction retraction() {
        return new Retraction(new EmbeddedRetractionStore(database), schedule()::withdraw, devices, clock);
    }

    public Notifier notifier() {
        return notifier(50, HOLD);
    }

    Notifier notifier(int chunk, Duration hold) {
        var mailDecision = new MailDecision(
                outbox,
                devices,
                new MailPolicy(chunk, hold),
                decisions,
                presenceConfirmation,
                reporter(hold),
                this::wake);
        return new Notifier(
                store,
                new EmbeddedRetractionStore(database),
                schedule(),
                mailDecision,
                devices,
                pushes(),
                unfinished,
                ids,
                clock,
                Meters.NONE);
    }

    private PresenceReporter reporter(Duration hold) {
        return new PresenceReporter(outbox, registry::heardSince, hold, clock, StoreClocks.own(clock), server.presence);
    }

    private StoredPushes pushes() {
        return new StoredPushes(store, devices, clock);
    }

    public Inbox inbox(int pageSize, int unseen, long characters) {
        return new Inbox(store, users, devices, new AnswerLimits(pageSize, unseen, characters), clock);
    }

    /** Returns conversations of users who may log in with any password. */
    public Conversations conversations(RequestQueues queues) {
        LoginService logins = new LoginService(
                credentials -> Optional.of(AuthenticatedUser.of(credentials.subject())),
                LoginLimits.DEFAULTS,
                clock,
                Runnable::run);
        Inbox inbox = inbox(30, 1000, 100_000);
        return new Conversations(
                new SessionUsers(registry, logins, 50, clock),
                new InboxAnswers(inbox, new OutgoingBudget(1 << 30, 10)),
                new Joins(server.presence, inbox::counts, queues.ofJoins()),
                queues,
                clock);
    }

    /** Returns a session that has joined, without the envelopes of the join. */
    public RecordingSession online(String user) {
        RecordingSession session = new RecordingSession().heardAt(clock.instant());
        registry.opened(session, clock.instant());
        registry.beginJoin(session, user, 50);
        registry.completeJoin(
                session,
                new Envelope.Joined(user, inbox(10, 10, 10).counts(user)),
                new Envelope.Notifications(List.of(), Optional.of(new Envelope.Question.Unseen()), Optional.empty()));
        session.sent().clear();
        return session;
    }

    public static Publication publication(String content, String... users) {
        return new Publication(Message.of(content), recipients(users), Optional.empty());
    }

    static Publication mailed(boolean force, String... users) {
        Mail mail = new Mail("subject", "text", "1.0", "text/plain; charset=UTF-8");
        return new Publication(
                Message.of("text"), recipients(users), Optional.of(new Publication.MailRequest(mail, force)));
    }

    private static List<Recipient> recipients(String... users) {
        return Stream.of(users)
                .map(user -> new Recipient(user, user + "@example.org"))
                .toList();
    }

    /** Returns the users of each outbox entry. */
    List<List<String>> owed() {
        return outbox.all().stream()
                .map(entry -> entry.owed().addressees().stream()
                        .map(Addressee::userId)
                        .toList())
                .toList();
    }

    public static Optional<UnseenCounts> counts(int total) {
        return Optional.of(
                new UnseenCounts(total, total == 0 ? java.util.Map.of() : java.util.Map.of("", total), false));
    }

    @Override
    public void close() {
        timers.shutdownNow();
        database.close();
    }
}
