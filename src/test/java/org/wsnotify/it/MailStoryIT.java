package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.smtp.SmtpStub;

/** The stories of mails that a mail server took, refused or put off, and of one that was not needed. */
class MailStoryIT {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    static Path directory;

    private static SmtpStub mta;
    private static TestServer server;

    private final Publisher publisher = new Publisher(server.http("/notify"));

    @BeforeAll
    static void start() throws IOException {
        mta = new SmtpStub()
                .answer("RCPT TO:<refused@", "550 5.1.1 <refused@a.example> no such user")
                .answer("RCPT TO:<later@", "450 4.2.0 greylisted");
        server = TestServer.in(directory)
                .with("notification.demo", "true")
                .with("notification.embedded.directory", "store")
                .with("notification.mail.host", "127.0.0.1")
                .with("notification.mail.port", String.valueOf(mta.port()))
                .with("notification.mail.security", "none")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        mta.close();
    }

    @Test
    void eachRecipientOfAMailHasAStory() {
        JsonObject receipt = publish("{'content':'c','email_send':true,'users':["
                + "{'id':'u1','email':'taken@a.example'},{'id':'u2','email':'refused@a.example'},"
                + "{'id':'u3','email':'later@a.example'}]}");

        JsonObject taken = awaitMail(receipt, 0, "sent");
        JsonObject refused = awaitMail(receipt, 1, "refused");
        JsonObject later = mail(receipt, 2);

        assertThat(taken.containsKey("answer"))
                .as("answers are about the others")
                .isFalse();
        assertThat(Instant.parse(taken.getString("at"))).isEqualTo(refused.getString("at"));
        assertThat(refused.getString("answer")).isEqualTo("550 5.1.1 <...> no such user");
        assertThat(refused.getInt("attempts")).isEqualTo(1);
        assertThat(later.getString("status")).isEqualTo("owed");
        assertThat(Instant.parse(later.getString("next"))).isAfter(Instant.parse(later.getString("at")));
        assertThat(story(receipt, 1).getJsonArray("pushes")).isEmpty();
    }

    @Test
    void mailToAUserWhoIsThereIsHeldAndThenNotNeeded() {
        try (Client alice = Client.joined(server.socket(), "alice")) {
            JsonObject receipt =
                    publish("{'content':'held','email_send':true,'users':[{'id':'alice','email':'alice@a.example'}]}");
            JsonObject held = mail(receipt, 0);
            alice.awaitContent("held");

            assertThat(held.getString("status")).isEqualTo("held");
            assertThat(Instant.parse(held.getString("next"))).isAfter(Instant.parse(held.getString("at")));
            awaitMail(receipt, 0, "present");
            Awaitility.await("the outcome to be settled, with its time")
                    .atMost(DEADLINE)
                    .until(() -> mail(receipt, 0).containsKey("at"));
            assertThat(mail(receipt, 0).getString("status")).isEqualTo("present");
            assertThat(alice.isOpen()).isTrue();
        }
        assertThat(mta.received()).noneMatch(mail -> mail.recipients().contains("alice@a.example"));
    }

    private JsonObject publish(String json) {
        Publisher.Answer answer = publisher.json(json);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private JsonObject awaitMail(JsonObject receipt, int place, String status) {
        return Awaitility.await(status)
                .atMost(DEADLINE)
                .until(
                        () -> mail(receipt, place),
                        mail -> mail.getString("status").equals(status));
    }

    private JsonObject mail(JsonObject receipt, int place) {
        return story(receipt, place).getJsonObject("mail");
    }

    private JsonObject story(JsonObject receipt, int place) {
        String id = receipt.getJsonArray("recipients").getJsonObject(place).getString("id");
        Publisher.Answer answer = publisher.send(
                HttpRequest.newBuilder(server.http("/notifications/" + id)).build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
