package org.wsnotify.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.Frame;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.channel.OutgoingQueue;
import org.wsnotify.channel.QueueLimits;
import org.wsnotify.delivery.DeliveryFixture;
import org.wsnotify.delivery.FailingStore;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.login.AuthenticatedUser;
import org.wsnotify.login.CheckLimits;
import org.wsnotify.login.FailureLimit;
import org.wsnotify.login.LoginLimits;
import org.wsnotify.login.LoginService;
import org.wsnotify.login.PasswordCredentials;
import org.wsnotify.login.TokenCredentials;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.BadMessageException;
import org.wsnotify.session.ClientMessage;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.RecordingSession;

class ConversationTest {

    private static final int MAX_WAITING = 3;

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final FairExecutor executor = new FairExecutor(tasks::add, 100, 100, 100);
    private final OutgoingBudget outgoing = new OutgoingBudget(1000, 1);
    private final List<String> logins = new ArrayList<>();
    private final RecordingSession session = new RecordingSession();
    private Conversation conversation;
    private boolean listsAreUnavailable;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(
                directory,
                store -> FailingStore.around(store, method -> method.equals("unseen") && listsAreUnavailable));
        conversation = conversation(session);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Conversation conversation(RecordingSession with) {
        FailureLimit free =
                new FailureLimit(1000, Duration.ofMinutes(5), 1000, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        LoginService service = new LoginService(
                credentials -> {
                    if (credentials instanceof TokenCredentials token) {
                        return ofToken(token.token());
                    }
                    PasswordCredentials given = (PasswordCredentials) credentials;
                    logins.add(given.login());
                    return Optional.of(AuthenticatedUser.of(given.login()))
                            .filter(user -> given.password().equals(given.login()));
                },
                new LoginLimits(CheckLimits.DEFAULTS, free, free, free, Duration.ZERO, 100),
                fixture.clock,
                Runnable::run);
        fixture.registry.opened(with, fixture.clock.instant());
        Inbox inbox = fixture.inbox(30, 1000, 100_000);
        RequestQueues queues = new RequestQueues(executor, executor, MAX_WAITING);
        return new Conversations(
                        new SessionUsers(fixture.registry, service, 2, fixture.clock),
                        new InboxAnswers(inbox, outgoing),
                        new Joins(fixture.server.presence, inbox::counts, queues.ofJoins()),
                        queues,
                        fixture.clock)
                .start(with);
    }

    /** A token is the user's id and the seconds for which it is valid. */
    private Optional<AuthenticatedUser> ofToken(String token) {
        String[] parts = token.split(":", -1);
        return parts.length == 2
                ? Optional.of(AuthenticatedUser.until(parts[0], in(Integer.parseInt(parts[1]))))
                : Optional.empty();
    }

    private Instant in(int seconds) {
        return fixture.clock.instant().plusSeconds(seconds);
    }

    @Test
    void sessionOfATokenEndsWithItUnlessItIsRefreshed() {
        ask(new ClientMessage.Join(new TokenCredentials("anna:60")));
        assertThat(session.sent().get(0)).isEqualTo(new Envelope.Joined("anna", UnseenCounts.NONE));

        Instant end = in(120);
        ask(new ClientMessage.Refresh(new TokenCredentials("anna:120")));
        assertThat(session.sent()).endsWith(new Envelope.Refreshed(Optional.of(end)));

        fixture.registry.checkLogins(end.minusMillis(1));
        assertThat(session.closedWith()).isEmpty();
        publish("hello", "anna");
        assertThat(session.sent()).extracting(Envelope::name).endsWith("notification");
        fixture.registry.checkLogins(end);
        assertThat(session.closedWith()).contains(CloseStatus.LOGIN_ENDED);
    }

    @Test
    void signOfLifeWaitsForNothing() {
        conversation.hear(join("anna", "anna"));
        conversation.hear(new ClientMessage.Ping());
        assertThat(session.sent()).containsExactly(new Envelope.Pong());

        run();
        conversation.hear(new ClientMessage.ReadUnseen());
        conversation.hear(new ClientMessage.Ping());
        assertThat(session.sent()).endsWith(new Envelope.Pong());
    }

    @Test
    void requestsAfterTheLoginHasEndedAreNotDone() {
        ask(new ClientMessage.Join(new TokenCredentials("anna:60")));
        publish("hello", "anna");

        fixture.registry.end("anna");
        ask(new ClientMessage.MarkAllSeen(Optional.empty()));

        RecordingSession again = new RecordingSession();
        conversation(again).hear(new ClientMessage.Join(new TokenCredentials("anna:60")));
        run();
        assertThat(items(again.sent().get(1))).containsExactly("hello");
    }

    @Test
    void refusedTokenClosesTheSessionAndAnExpiredOneDoesNot() {
        ask(new ClientMessage.Join(new TokenCredentials("anna:0")));
        assertThat(codes()).containsExactly("token-expired");
        assertThat(session.closedWith()).isEmpty();

        ask(new ClientMessage.Join(new TokenCredentials("wrong")));
        assertThat(codes()).containsExactly("token-expired", "token-refused");
        assertThat(session.closedWith()).contains(CloseStatus.TOKEN_REFUSED);
    }

    @Test
    void refreshThatIsRefusedChangesNothing() {
        ask(new ClientMessage.Refresh(new TokenCredentials("anna:60")));
        ask(new ClientMessage.Join(new TokenCredentials("anna:60")));
        Instant end = in(60);
        ask(new ClientMessage.Refresh(new TokenCredentials("wrong")));
        ask(new ClientMessage.Refresh(new TokenCredentials("anna:0")));
        ask(new ClientMessage.Refresh(new TokenCredentials("ben:120")));

        assertThat(codes()).containsExactly("not-joined", "token-refused", "token-expired", "joined-already");
        assertThat(session.closedWith()).isEmpty();
        fixture.registry.checkLogins(end);
        assertThat(session.closedWith()).contains(CloseStatus.LOGIN_ENDED);
    }

    @Test
    void listIsNotReadForAUserWhoHasSeenEverything() {
        listsAreUnavailable = true;

        ask(join("anna", "anna"));

        assertThat(session.sent()).extracting(Envelope::name).containsExactly("joined", "notification");
    }

    @Test
    void joinIsAnsweredWithCountsThenUnseenEvenIfEmpty() {
        ask(join("anna", "anna"));

        assertThat(session.sent().get(0)).isEqualTo(new Envelope.Joined("anna", UnseenCounts.NONE));
        assertThat(items(session.sent().get(1))).isEmpty();
        publish("hello", "anna");
        assertThat(items(session.sent().get(2))).containsExactly("hello");
    }

    @Test
    void joinWithABoundIsAnsweredWithTheFirstPageThenPushes() {
        String oldest = publish("x".repeat(1000), "anna");
        publish("seen", "anna");
        publish("y".repeat(1024), "anna");

        ask(new ClientMessage.Join(new PasswordCredentials("anna", "anna"), OptionalInt.of(1024)));

        assertThat(session.sent()).hasSize(2);
        assertThat(session.sent(Envelope.Joined.class).get(0).unseen().total()).isEqualTo(3);
        Envelope.Notifications first = (Envelope.Notifications) session.sent().get(1);
        assertThat(items(first)).containsExactly("y".repeat(1024));
        assertThat(first.answers()).contains(new Envelope.Question.Page(0));
        assertThat(first.more()).contains(true);

        publish("new", "anna");
        ask(new ClientMessage.ReadNewest(Optional.of(first.items().get(0).id()), 1024));
        ask(new ClientMessage.ReadNewestUnseen(Optional.of(oldest), 1024));
        assertThat(items(session.sent().get(2))).containsExactly("new");
        assertThat(items(session.sent().get(3))).containsExactly("seen", "x".repeat(1000));
        assertThat(items(session.sent().get(4))).isEmpty();
    }

    @Test
    void requestsBeforeTheJoinAreErrors() {
        List<ClientMessage> messages = List.of(
                new ClientMessage.ReadUnseen(),
                new ClientMessage.ReadPage(0),
                new ClientMessage.ReadBefore("0123456789abcdef01234567"),
                new ClientMessage.ReadNewest(Optional.empty(), 2000),
                new ClientMessage.ReadNewestUnseen(Optional.empty(), 2000),
                new ClientMessage.MarkSeen(List.of("0123456789abcdef01234567")),
                new ClientMessage.MarkAllSeen(Optional.empty()),
                new ClientMessage.Delete(List.of("0123456789abcdef01234567")),
                new ClientMessage.Leave());
        messages.forEach(this::ask);

        assertThat(codes()).hasSize(messages.size()).containsOnly("not-joined");
        assertThat(session.closedWith()).isEmpty();
    }

    @Test
    void wrongPasswordIsAnErrorAndDoesNotChangeTheUser() {
        ask(join("anna", "anna"));
        ask(join("ben", "wrong"));

        assertThat(codes()).containsExactly("login-failed");
        assertThat(fixture.registry.userOf(session)).contains("anna");
    }

    @Test
    void lateJoinsAndJoinsOfClosedSessionsCheckNoPassword() {
        conversation.hear(join("anna", "anna"));
        fixture.clock.pass(SessionUser.MAX_WAIT.plusMillis(1));
        run();
        assertThat(codes()).containsExactly("login-unavailable");

        conversation.hear(join("anna", "anna"));
        fixture.registry.closed(session, fixture.clock.instant());
        run();
        assertThat(logins).isEmpty();
    }

    @Test
    void twentiethFailedLoginClosesTheConnection() {
        for (int i = 1; i < SessionUser.MAX_FAILED_LOGINS; i++) {
            ask(join("anna", "wrong"));
        }
        assertThat(session.closedWith()).isEmpty();

        ask(join("anna", "wrong"));
        assertThat(session.closedWith()).contains(CloseStatus.POLICY);
    }

    @Test
    void joinAsAnotherUserEndsPushesForTheFirstUser() {
        ask(join("anna", "anna"));
        ask(join("ben", "ben"));
        session.sent().clear();

        publish("for anna", "anna");
        publish("for ben", "ben");

        assertThat(session.sent()).hasSize(1);
        assertThat(items(session.sent().get(0))).containsExactly("for ben");
    }

    @Test
    void leaveEndsPushesAndKeepsTheConnection() {
        ask(join("anna", "anna"));
        ask(new ClientMessage.Leave());
        session.sent().clear();

        publish("for anna", "anna");
        ask(new ClientMessage.ReadUnseen());

        assertThat(codes()).containsExactly("not-joined");
        assertThat(session.closedWith()).isEmpty();
    }

    @Test
    void otherDevicesAreToldOfSeenAndDeletedNotifications() {
        RecordingSession phone = new RecordingSession();
        Conversation ofPhone = conversation(phone);
        String first = publish("one", "anna");
        String second = publish("two", "anna");
        ask(join("anna", "anna"));
        ofPhone.hear(join("anna", "anna"));
        run();
        phone.sent().clear();

        ask(new ClientMessage.MarkSeen(List.of(first)));
        ask(new ClientMessage.Delete(List.of(second)));

        assertThat(phone.sent(Envelope.Seen.class))
                .extracting(Envelope.Seen::ids)
                .containsExactly(List.of(first));
        assertThat(phone.sent(Envelope.Deleted.class))
                .extracting(Envelope.Deleted::ids)
                .containsExactly(List.of(second));
    }

    @Test
    void foreignIdsAreAnsweredWithNoIds() {
        String foreign = publish("for ben", "ben");
        ask(join("anna", "anna"));
        session.sent().clear();

        ask(new ClientMessage.MarkSeen(List.of(foreign)));
        ask(new ClientMessage.Delete(List.of(foreign)));

        assertThat(session.sent(Envelope.Seen.class).get(0).ids()).isEmpty();
        assertThat(session.sent(Envelope.Deleted.class).get(0).ids()).isEmpty();
        assertThat(fixture.store.unseen("ben", 10, Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void answersKeepTheOrderOfRequestsIncludingInvalidOnes() {
        conversation.hear(join("anna", "anna"));
        conversation.hear(new BadMessageException("not-json", "no", ""));
        conversation.hear(new ClientMessage.ReadPage(7));
        run();

        assertThat(session.sent())
                .extracting(Envelope::name)
                .containsExactly("joined", "notification", "error", "notification");
    }

    @Test
    void tooManyRequestsAreAnsweredBusyAndTheSessionStaysOpen() {
        conversation.hear(join("anna", "anna"));
        for (int i = 0; i < MAX_WAITING + 2; i++) {
            conversation.hear(new ClientMessage.ReadUnseen());
        }
        assertThat(codes()).isNotEmpty().containsOnly("busy");

        run();
        session.sent().clear();
        ask(new ClientMessage.ReadUnseen());
        assertThat(session.sent(Envelope.Notifications.class)).hasSize(1);
    }

    @Test
    void changesBeforeTheEndAreMadeAndNotAnswered() {
        RecordingSession phone = new RecordingSession();
        Conversation ofPhone = conversation(phone);
        ofPhone.hear(join("anna", "anna"));
        run();
        String first = publish("one", "anna");
        String second = publish("two", "anna");
        ask(join("anna", "anna"));
        session.sent().clear();

        conversation.hear(new ClientMessage.ReadUnseen());
        conversation.hear(new ClientMessage.MarkSeen(List.of(first)));
        conversation.hear(new ClientMessage.Delete(List.of(second)));
        fixture.registry.closed(session, fixture.clock.instant());
        run();

        assertThat(fixture.store.unseen("anna", 10, Long.MAX_VALUE)).isEmpty();
        assertThat(phone.sent(Envelope.Seen.class)).hasSize(1);
        assertThat(phone.sent(Envelope.Deleted.class)).hasSize(1);
        assertThat(session.sent()).isEmpty();
    }

    @Test
    void changeAfterAJoinIsMadeEvenIfTheSessionHasEnded() {
        publish("one", "anna");
        conversation.hear(join("anna", "anna"));
        conversation.hear(new ClientMessage.MarkAllSeen(Optional.empty()));
        fixture.registry.closed(session, fixture.clock.instant());
        run();

        assertThat(fixture.store.unseen("anna", 10, Long.MAX_VALUE)).isEmpty();
        assertThat(fixture.registry.isOnline("anna")).isFalse();
    }

    @Test
    void endedSessionWithAFailedLoginChangesNothing() {
        publish("one", "anna");
        conversation.hear(join("anna", "wrong"));
        conversation.hear(new ClientMessage.MarkAllSeen(Optional.empty()));
        fixture.registry.closed(session, fixture.clock.instant());
        run();

        assertThat(fixture.store.unseen("anna", 10, Long.MAX_VALUE)).hasSize(1);
    }

    @Test
    void largeAnswerIsBuiltAfterThePreviousOneWasRead() {
        ask(join("anna", "anna"));
        session.sent().clear();
        session.stopReading();
        conversation.hear(new ClientMessage.ReadUnseen());
        conversation.hear(new ClientMessage.ReadUnseen());
        conversation.hear(new ClientMessage.MarkAllSeen(Optional.empty()));
        run();
        assertThat(session.sent()).isEmpty();

        session.readAgain();
        run();
        assertThat(session.sent()).extracting(Envelope::name).containsExactly("notification", "notification", "seen");
    }

    @Test
    void joinBeyondTheSessionLimitIsAnError() {
        for (RecordingSession other : List.of(new RecordingSession(), new RecordingSession())) {
            conversation(other).hear(join("anna", "anna"));
        }
        ask(join("anna", "anna"));

        assertThat(codes()).containsExactly("too-many-sessions");
        assertThat(session.closedWith()).isEmpty();
    }

    @Test
    void largeAnswersAreRefusedWhileTheOutgoingBudgetIsSpent() {
        ask(join("anna", "anna"));
        OutgoingQueue slow = new OutgoingQueue(
                (frames, done) -> {}, new QueueLimits(10, 10, outgoing), fixture.clock, () -> {}, failure -> {});
        slow.add(new Frame.Text("x".repeat(2000)));

        ask(new ClientMessage.ReadUnseen());
        assertThat(codes()).containsExactly("busy");

        slow.end();
        session.sent().clear();
        ask(new ClientMessage.ReadUnseen());
        assertThat(session.sent(Envelope.Notifications.class)).hasSize(1);
    }

    @Test
    void joinWhoseAnswerIsRefusedLeavesTheSessionWithoutAUser() {
        publish("hello", "anna");
        OutgoingQueue slow = new OutgoingQueue(
                (frames, done) -> {}, new QueueLimits(10, 10, outgoing), fixture.clock, () -> {}, failure -> {});
        slow.add(new Frame.Text("x".repeat(2000)));

        ask(join("anna", "anna"));
        assertThat(codes()).containsExactly("busy");
        assertThat(fixture.registry.isOnline("anna")).isFalse();

        slow.end();
        ask(join("anna", "anna"));
        assertThat(session.sent()).extracting(Envelope::name).containsExactly("error", "joined", "notification");
    }

    @Test
    void changeIsMadeEvenIfTheSessionEndsDuringTheJoin() {
        publish("one", "anna");
        conversation.hear(join("anna", "anna"));
        conversation.hear(new ClientMessage.MarkAllSeen(Optional.empty()));
        tasks.remove().run();
        fixture.registry.closed(session, fixture.clock.instant());
        run();

        assertThat(fixture.store.unseen("anna", 10, Long.MAX_VALUE)).isEmpty();
        assertThat(fixture.registry.isOnline("anna")).isFalse();
    }

    @Test
    void joinThatWaitedTooLongForTheStoreIsAnError() {
        conversation.hear(join("anna", "anna"));
        tasks.remove().run();
        fixture.clock.pass(SessionUser.MAX_WAIT.plusMillis(1));
        run();

        assertThat(codes()).containsExactly("store-unavailable");
        assertThat(fixture.registry.isOnline("anna")).isFalse();
    }

    @Test
    void sessionKeepsItsUserWhileANewJoinCannotBeAnnounced() {
        ask(join("anna", "anna"));
        session.sent().clear();
        fixture.server.loseId();

        ask(join("anna", "anna"));
        assertThat(codes()).containsExactly("store-unavailable");

        publish("hello", "anna");
        assertThat(session.sent(Envelope.Notifications.class)).hasSize(1);
    }

    @Test
    void requestsBehindAJoinWaitForItsEnd() {
        conversation.hear(join("anna", "anna"));
        conversation.hear(new ClientMessage.ReadUnseen());
        tasks.remove().run();
        assertThat(session.sent()).isEmpty();

        run();
        assertThat(session.sent()).extracting(Envelope::name).containsExactly("joined", "notification", "notification");
    }

    private static ClientMessage join(String login, String password) {
        return new ClientMessage.Join(new PasswordCredentials(login, password));
    }

    private void ask(ClientMessage message) {
        conversation.hear(message);
        run();
    }

    private void run() {
        do {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            fixture.settle();
        } while (!tasks.isEmpty());
    }

    private String publish(String content, String user) {
        return fixture.notifier()
                .publish(DeliveryFixture.publication(content, user))
                .lines()
                .get(0)
                .id();
    }

    private List<String> codes() {
        return session.sent(Envelope.Failure.class).stream()
                .map(Envelope.Failure::code)
                .toList();
    }

    private static List<String> items(Envelope envelope) {
        return ((Envelope.Notifications) envelope)
                .items().stream().map(item -> item.message().content()).toList();
    }
}
