package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed in the middle of its work, with the embedded store. */
class KillIT {

    @TempDir
    Path directory;

    @Test
    void whatWasAnsweredIsThereAfterAKillAndTheMailGoesOut() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (TestServer server = server()) {
            server.start();
            List<Thread> publishers = publishers(server, acknowledged);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() > 100);
            server.kill();
            for (Thread publisher : publishers) {
                publisher.join(Duration.ofSeconds(30).toMillis());
            }
        }
        try (TestServer server = server()) {
            server.start();
            assertThat(everythingOf(server, "alice")).containsAll(acknowledged);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(EmlFile.subjects(directory.resolve("mail")))
                            .containsAll(acknowledged));
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

    /** Each posts until the server is gone, and notes what was answered. */
    static List<Thread> publishers(TestServer server, Set<String> acknowledged) {
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> publish(server, number, acknowledged)))
                .toList();
        threads.forEach(Thread::start);
        return threads;
    }

    private static void publish(TestServer server, int number, Set<String> acknowledged) {
        Publisher publisher = new Publisher(server.http("/notify"));
        boolean alive = true;
        for (int i = 0; alive; i++) {
            String content = "n" + number + "-" + i;
            try {
                Publisher.Answer answer = publisher.form(Map.of(
                        "content",
                        content,
                        "users",
                        "[{\"id\":\"alice\",\"email\":\"alice@example.org\"}]",
                        "email_send",
                        "1",
                        "email_subject",
                        content));
                if (answer.status() == 200) {
                    acknowledged.add(content);
                }
            } catch (UncheckedIOException e) {
                alive = server.isAlive();
            }
        }
    }

    static Set<String> everythingOf(TestServer server, String user) {
        Set<String> contents = new HashSet<>();
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
