package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
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
