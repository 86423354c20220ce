package org.wsnotify.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.DeliveryFixture;
import org.wsnotify.login.PasswordCredentials;
import org.wsnotify.session.ClientMessage;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.RecordingSession;

/** Answers to joins that must be read run on places of their own, where few threads are shared. */
class JoinAnswersTest {

    private static final int PLACES = 4;

    @TempDir
    Path directory;

    private final Queue<Runnable> requests = new ArrayDeque<>();
    private final Queue<Runnable> logins = new ArrayDeque<>();
    private DeliveryFixture fixture;
    private Conversations conversations;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(directory);
        RequestQueues queues = new RequestQueues(onePlaceEach(requests::add), onePlaceEach(logins::add), 10);
        conversations = fixture.conversations(queues);
    }

    private static FairExecutor onePlaceEach(Executor threads) {
        return new FairExecutor(threads, PLACES, 1, 100);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void answerIsReadWhileTheLoginsOfOthersWait() {
        publish("anna");
        RecordingSession anna = new RecordingSession();
        start(anna).hear(join("anna"));
        for (int i = 0; i < 3 * PLACES; i++) {
            start(new RecordingSession()).hear(join("user" + i));
        }
        logins.remove().run();
        assertThat(logins).as("logins that hold a place").hasSize(PLACES);
        runAll(requests);

        assertThat(anna.sent()).extracting(Envelope::name).containsExactly("joined", "notification");
    }

    @Test
    void answersThatTakeLongBlockNeitherJoinsNorMarksOfOthers() {
        List<RecordingSession> others = new ArrayList<>();
        Queue<Runnable> reading = new ArrayDeque<>();
        for (int i = 0; i < 2 * PLACES; i++) {
            publish("user" + i);
            RecordingSession other = new RecordingSession();
            others.add(other);
            joinUpToTheAnswer(start(other), "user" + i);
            reading.addAll(requests);
            requests.clear();
        }
        assertThat(reading).as("answers that hold a place").hasSize(1);

        RecordingSession anna = new RecordingSession();
        Conversation ofAnna = start(anna);
        joinUpToTheAnswer(ofAnna, "anna");
        publish("anna");
        ofAnna.hear(new ClientMessage.MarkAllSeen(Optional.empty()));
        runAll(requests);
        assertThat(anna.sent())
                .extracting(Envelope::name)
                .containsExactly("joined", "notification", "notification", "seen");

        runAll(reading);
        runAll(requests);
        assertThat(others)
                .allSatisfy(other ->
                        assertThat(other.sent()).extracting(Envelope::name).containsExactly("joined", "notification"));
    }

    private Conversation start(RecordingSession session) {
        fixture.registry.opened(session, fixture.clock.instant());
        return conversations.start(session);
    }

    private static ClientMessage join(String user) {
        return new ClientMessage.Join(new PasswordCredentials(user, "p"));
    }

    private void joinUpToTheAnswer(Conversation conversation, String user) {
        conversation.hear(join(user));
        runAll(logins);
        assertThat(requests).as("the join of " + user).hasSize(1);
        requests.remove().run();
    }

    private void publish(String user) {
        fixture.notifier().publish(DeliveryFixture.publication("hello", user));
    }

    private static void runAll(Queue<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
