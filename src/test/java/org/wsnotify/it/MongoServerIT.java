package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a database, in which first the database and then the server is killed during posts. */
class MongoServerIT {

    @TempDir
    Path directory;

    @BeforeAll
    static void needsADatabase() {
        boolean there = System.getenv("MONGODB_TEST_URI") != null;
        if (Boolean.getBoolean("notification.test.strict")) {
            assertThat(there).as("MONGODB_TEST_URI is set").isTrue();
        }
        assumeTrue(there, "no database: see .ci/mongodb");
    }

    @Test
    void answeredPublicationsSurviveKillsOfDatabaseAndServer() throws Exception {
        int port = ServerAddress.free().port();
        Publishers publishers;
        ProcessHandle database = database(port);
        try (TestServer server = server(port).start()) {
            assertThatATitleOfEmojiIsTaken(server);
            publishers = Publishers.start(server);
            publishers.awaitMore(50);
            database.destroyForcibly();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.status("/health/ready") == 503);
            assertThat(server.status("/health/live")).isEqualTo(200);
            database = database(port);
            publishers.awaitMore(50);
            server.kill();
            publishers.join();
        }
        try (TestServer server = server(port).start()) {
            publishers.repeatUnanswered(server);
            assertThat(KillIT.everythingOf(server, "alice"))
                    .doesNotHaveDuplicates()
                    .containsAll(publishers.acknowledged());
            KillIT.awaitMails(directory.resolve("mail"), publishers.acknowledged());
        } finally {
            database.destroyForcibly();
        }
    }

    /** The mail subject is cut, and MongoDB cannot store half a surrogate pair. */
    private static void assertThatATitleOfEmojiIsTaken(TestServer server) {
        Publisher.Answer answer = new Publisher(server.http("/notify"))
                .json("{'content':'c','users':[{'id':'emoji','email':'emoji@example.org'}],'email_send':true,"
                        + "'title':'a" + "\ud83d\ude00".repeat(511) + "'}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private TestServer server(int port) {
        return TestServer.in(directory.resolve("run"))
                .with("notification.demo", "true")
                .with("notification.mail.directory", directory.resolve("mail").toString())
                .withEnvironment(
                        "NOTIFICATION_MONGODB_URI",
                        "mongodb://127.0.0.1:" + port + "/?serverMonitoringMode=poll"); // see .ci/mongodb
    }

    /** Starts with the same port and the same data again after a kill. */
    private ProcessHandle database(int port) throws IOException {
        Process script = new ProcessBuilder(
                        ".ci/mongodb",
                        "--port",
                        String.valueOf(port),
                        "--data",
                        directory.resolve("database").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        long pid = said.lines()
                .filter(line -> line.startsWith("MONGODB_TEST_PID="))
                .map(line -> Long.valueOf(line.substring(line.indexOf('=') + 1)))
                .findFirst()
                .orElseThrow();
        return ProcessHandle.of(pid).orElseThrow();
    }
}
