package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a server with the embedded store while it works. */
class KillIT {

    @TempDir
    Path directory;

    @Test
    void answeredPublicationsSurviveAKillOnceAndAreMailed() throws Exception {
        Publishers publishers;
        try (TestServer server = server().start()) {
            publishers = Publishers.start(server);
            publishers.awaitMore(100);
            server.kill();
            publishers.join();
        }
        try (TestServer server = server().start()) {
            publishers.repeatUnanswered(server);
            assertThat(everythingOf(server, "alice")).doesNotHaveDuplicates().containsAll(publishers.acknowledged());
            awaitMails(directory.resolve("mail"), publishers.acknowledged());
        }
    }

    /** One is due while no server runs, the other one probably after the restart. */
    @Test
    void scheduledPublicationsAreDeliveredOnceAfterAKill() throws Exception {
        String missed;
        String receipt;
        try (TestServer server = server().start()) {
            Publisher publisher = new Publisher(server.http("/notify"));
            missed = scheduled("missed", Instant.now().plusSeconds(5));
            receipt = accepted(publisher.json(missed, "Idempotency-Key", "missed"));
            assertThat(accepted(publisher.json(missed, "Idempotency-Key", "missed")))
                    .isEqualTo(receipt);
            accepted(publisher.json(scheduled("later", Instant.now().plusSeconds(30))));
            assertThat(everythingOf(server, "alice")).isEmpty();
            server.kill();
        }
        try (TestServer server = server().start()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() ->
                            assertThat(everythingOf(server, "alice")).containsExactlyInAnyOrder("missed", "later"));
            awaitMails(directory.resolve("mail"), Set.of("missed", "later"));
            assertThat(accepted(new Publisher(server.http("/notify")).json(missed, "Idempotency-Key", "missed")))
                    .isEqualTo(receipt);
            assertThat(everythingOf(server, "alice")).hasSize(2);
        }
    }

    private static String scheduled(String content, Instant at) {
        return "{'content':'" + content + "','email_send':true,'email_subject':'" + content + "','deliver_at':'" + at
                + "','users':['alice',{'id':'bob','email':'bob@a.example'}]}";
    }

    private static String accepted(Publisher.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private TestServer server() {
        return TestServer.in(directory.resolve("run"))
                .with("notification.demo", "true")
                .with(
                        "notification.embedded.directory",
                        directory.resolve("store").toString())
                .with("notification.mail.directory", directory.resolve("mail").toString());
    }

    /** Waits until each mail is written. None is owed twice. Claims of a dead server hold for a minute. */
    static void awaitMails(Path folder, Set<String> subjects) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(EmlFile.subjects(folder))
                        .doesNotHaveDuplicates()
                        .containsAll(subjects));
    }

    /** Returns the contents of all notifications in a user's inbox. */
    static List<String> everythingOf(TestServer server, String user) {
        List<String> contents = new ArrayList<>();
        try (Client client = Client.joined(server.socket(), user)) {
            for (int page = 0; ; page++) {
                client.forget();
                client.send("{'name':'content','data':{'page':" + page + "}}");
                JsonObject answer = client.await("notification");
                if (Client.contents(answer).isEmpty()) {
                    return contents;
                }
                contents.addAll(Client.contents(answer));
            }
        }
    }
}
