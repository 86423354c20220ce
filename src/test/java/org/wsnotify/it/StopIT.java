package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.smtp.SmtpStub;

/** Stops a server with the embedded store (SIGTERM) while it works. */
class StopIT {

    private static final int SESSIONS = 60;
    private static final int SERVICE_UNAVAILABLE = 503;

    /** How long a mail server takes to answer: longer than a stop takes otherwise. */
    private static final Duration SLOW = Duration.ofSeconds(15);

    /**
     * An exception whose first frame is in this application. Payara may take a client's answer to the close of its
     * WebSocket for an HTTP request and log a failure, which has all filters among its frames.
     */
    private static final Pattern THROWN_BY_US =
            Pattern.compile("^(?!\\s*at ).*\\R\\s*at org\\.wsnotify\\.", Pattern.MULTILINE);

    @TempDir
    Path directory;

    @Test
    void answeredPublicationsSurviveAStopAndSessionsAreTold() throws Exception {
        Publishers publishers;
        String sent;
        try (SmtpStub mta = new SmtpStub();
                TestServer server = server().with("notification.mail.host", "127.0.0.1")
                        .with("notification.mail.port", String.valueOf(mta.port()))
                        .with("notification.mail.security", "none")
                        .with("notification.mail.timeout", "PT2M")
                        .start()) {
            CountDownLatch answer = mta.answerTextsAfter();
            List<Client> clients = clients(server);
            publishers = Publishers.start(server);
            publishers.awaitMore(100);
            try (RawHttp stream = sockJs(server, "xhr_streaming");
                    RawHttp poll = sockJs(server, "xhr")) {
                server.terminate();

                assertIsNotReadyAndRefusesSessionsWhileClosingOthers(server, clients);
                publishers.rest(Duration.ofMillis(100)); // a second server writes each mail that this one owes
                assertThat(clients).extracting(Client::awaitClose).containsOnly(1001);
                assertThat(timeToClose(clients)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
                stream.head().until("c[1001,");
                assertThat(poll.head().body()).contains("c[1001,");
            }
            Awaitility.await("the mail server takes its time")
                    .during(SLOW)
                    .atMost(SLOW.multipliedBy(2))
                    .until(server::isAlive);
            publishers.rest(Duration.ZERO);
            publishers.awaitMore(50);
            answer.countDown();
            server.ended();
            publishers.join();
            assertThat(publishers.wrong()).isEmpty();
            assertThat(publishers.allRefused()).isTrue();
            sent = mta.onlySubject();
            assertThat(server.log())
                    .doesNotContainPattern(THROWN_BY_US)
                    .doesNotContain("sends cost more than they could", "a port stays open");
        }
        try (TestServer server = server().start()) {
            assertThat(KillIT.everythingOf(server, "alice"))
                    .doesNotHaveDuplicates()
                    .containsAll(publishers.acknowledged());
            Set<String> others = new HashSet<>(publishers.acknowledged());
            others.remove(sent);
            KillIT.awaitMails(directory.resolve("mail"), others);
            assertThat(EmlFile.subjects(directory.resolve("mail"))).doesNotContain(sent);
        }
    }

    private static void assertIsNotReadyAndRefusesSessionsWhileClosingOthers(TestServer server, List<Client> clients) {
        Awaitility.await("not ready").until(() -> server.status("/health/ready") == SERVICE_UNAVAILABLE);
        try (RawHttp late = RawHttp.send(
                "GET",
                server.port(),
                "/notification/websocket",
                "",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")) {
            late.head();
            assertThat(late.status()).isEqualTo(SERVICE_UNAVAILABLE);
            assertThat(late.header("retry-after")).isNotEmpty();
        }
        assertThat(server.status("/notification/info")).isEqualTo(SERVICE_UNAVAILABLE);
        String session = "/notification/000/" + UUID.randomUUID() + "/xhr";
        try (RawHttp opened = RawHttp.send("POST", server.port(), session, "").head()) {
            assertThat(opened.body()
                            + RawHttp.send("POST", server.port(), session, "")
                                    .head()
                                    .body())
                    .contains("c[1001,");
        }
        assertThat(clients).as("sessions open meanwhile").anyMatch(Client::isOpen);
    }

    /** Returns the time from the first close to the last. */
    private static Duration timeToClose(List<Client> clients) {
        List<Instant> closed = clients.stream().map(Client::closedAt).sorted().toList();
        return Duration.between(closed.get(0), closed.get(closed.size() - 1));
    }

    /** A response that waits for the next frame of a SockJS client. */
    private static RawHttp sockJs(TestServer server, String transport) {
        String session = "/notification/000/" + UUID.randomUUID();
        assertThat(RawHttp.send("POST", server.port(), session + "/xhr", "")
                        .head()
                        .body())
                .isEqualTo("o\n");
        return RawHttp.send("POST", server.port(), session + "/" + transport, "");
    }

    private static List<Client> clients(TestServer server) {
        return Stream.generate(() -> Client.joined(server.socket(), "bob"))
                .limit(SESSIONS)
                .toList();
    }

    private TestServer server() {
        return TestServer.in(directory.resolve("run"))
                .with("notification.demo", "true")
                .with("notification.session.per-user", String.valueOf(SESSIONS))
                .with("notification.session.heartbeat", "PT20M") // ends no response before the stop does
                .with(
                        "notification.embedded.directory",
                        directory.resolve("store").toString())
                .with("notification.mail.directory", directory.resolve("mail").toString());
    }
}
