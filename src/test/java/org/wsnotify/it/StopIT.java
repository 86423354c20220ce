package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to stop (SIGTERM) in the middle of its work, with the embedded store. */
class StopIT {

    private static final int SESSIONS = 60;
    private static final int SERVICE_UNAVAILABLE = 503;

    /**
     * An exception whose first frame is ours. Payara may take a client's answer to the close of its WebSocket for an HTTP request and log
     * what goes wrong with it; all filters are among the frames then.
     */
    private static final Pattern THROWN_BY_US =
            Pattern.compile("^(?!\\s*at ).*\\R\\s*at org\\.wsnotify\\.", Pattern.MULTILINE);

    @TempDir
    Path directory;

    @Test
    void whatWasAnsweredIsThereAfterAStopAndEverySessionWasToldThatTheServerGoesAway() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        try (TestServer server = server().start()) {
            List<Client> clients = clients(server);
            List<Thread> publishers = KillIT.publishers(server, acknowledged);
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() > 100);

            server.terminate();

            assertThat(clients).extracting(Client::awaitClose).containsOnly(1001);
            List<Instant> closed =
                    clients.stream().map(Client::closedAt).sorted().toList();
            assertThat(Duration.between(closed.get(0), closed.get(SESSIONS - 1)))
                    .as("the time from the first to the last")
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
            assertThat(server.status("/health/ready")).isIn(SERVICE_UNAVAILABLE, 0);
            server.ended();
            for (Thread publisher : publishers) {
                publisher.join(Duration.ofSeconds(30).toMillis());
            }
            assertThat(server.log()).doesNotContainPattern(THROWN_BY_US);
        }
        try (TestServer server = server().start()) {
            assertThat(KillIT.everythingOf(server, "alice")).containsAll(acknowledged);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(EmlFile.subjects(directory.resolve("mail")))
                            .containsAll(acknowledged));
        }
    }

    private static List<Client> clients(TestServer server) {
        return Stream.generate(() -> Client.joined(server.socket(), "bob"))
                .limit(SESSIONS)
                .toList();
    }

    private TestServer server() {
        return TestServer.in(directory.resolve("run"))
                .with("notification.demo", "true")
                .with(
                        "notification.embedded.directory",
                        directory.resolve("store").toString())
                .with("notification.mail.directory", directory.resolve("mail").toString());
    }
}
