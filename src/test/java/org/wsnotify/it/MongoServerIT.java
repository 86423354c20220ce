package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
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
        MongoProcess.assumeItCanBeStarted();
    }

    @Test
    void answeredPublicationsSurviveKillsOfDatabaseAndServer() throws Exception {
        Publishers publishers;
        MongoProcess database = MongoProcess.in(directory.resolve("database"));
        try (TestServer server = server(database).start()) {
            assertThatATitleOfEmojiIsTaken(server);
            assertThatItsUserIsErased(server);
            assertThat(new Publisher(server.http("/backup")).json("{}").body())
                    .contains("backup-not-configured", "mongodump");
            publishers = Publishers.start(server);
            publishers.awaitMore(50);
            database.kill();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.status("/health/ready") == 503);
            assertThat(server.status("/health/live")).isEqualTo(200);
            database.start();
            publishers.awaitMore(50);
            server.kill();
            publishers.join();
        }
        try (TestServer server = server(database).start()) {
            publishers.repeatUnanswered(server);
            assertThat(KillIT.everythingOf(server, "alice"))
                    .doesNotHaveDuplicates()
                    .containsAll(publishers.acknowledged());
            KillIT.awaitMails(directory.resolve("mail"), publishers.acknowledged());
        } finally {
            database.close();
        }
    }

    /** The mail subject is cut, and MongoDB cannot store half a surrogate pair. */
    private static void assertThatATitleOfEmojiIsTaken(TestServer server) {
        Publisher.Answer answer = new Publisher(server.http("/notify"))
                .json("{'content':'c','users':[{'id':'emoji','email':'emoji@example.org'}],'email_send':true,"
                        + "'title':'a" + "\ud83d\ude00".repeat(511) + "'}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static void assertThatItsUserIsErased(TestServer server) {
        Publisher publisher = new Publisher(server.http("/"));
        HttpRequest.Builder user = HttpRequest.newBuilder(server.http("/users/emoji"));
        HttpRequest export =
                HttpRequest.newBuilder(server.http("/users/emoji/export")).build();
        assertThat(publisher.send(export).json().getJsonArray("notifications")).hasSize(1);
        assertThat(publisher.send(user.DELETE().build()).json().getInt("notifications"))
                .isEqualTo(1);
        assertThat(publisher.send(export).json().getJsonArray("notifications")).isEmpty();
    }

    private TestServer server(MongoProcess database) {
        return TestServer.in(directory.resolve("run"))
                .with("notification.demo", "true")
                .with("notification.mail.directory", directory.resolve("mail").toString())
                .withEnvironment("NOTIFICATION_MONGODB_URI", database.uri());
    }
}
