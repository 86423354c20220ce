package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not read, and connections that die silently. The server waits long for neither. */
class BrokenConnectionIT {

    private static final int OTHERS = 20;

    /** So many large texts exceed the buffers between server and client several times. */
    private static final int MUCH = 20;

    private static final String LARGE = "x".repeat(60_000);
    private static final String SMALL = "x".repeat(300);

    /** So many rounds of small texts come before the large ones. */
    private static final int ROUNDS = 10;

    private static final Duration IN_TIME = Duration.ofSeconds(5);

    @TempDir
    static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.in(directory)
                .with("notification.demo", "true")
                .with("notification.demo.extra-users", "1")
                .with("notification.session.send-timeout", "PT1S")
                .with("notification.session.heartbeat", "PT2S")
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void clientThatDoesNotReadIsClosedWithoutDelayingOthers() {
        List<Client> others = Stream.generate(() -> Client.joined(server.socket(), "alice"))
                .limit(OTHERS)
                .toList();
        try (BareWebSocket deaf = BareWebSocket.joined(server.port(), "bob", "bob")) {
            assertThat(server.meter("notification_sessions_open")).isEqualTo(OTHERS + 1);
            for (int round = 0; round < ROUNDS; round++) {
                publishMuchForBobAndOneForAlice(SMALL, others);
            }

            Awaitility.await("the one that does not read to be closed")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        pongUnlessClosed(deaf); // otherwise it counts as dead
                        publishMuchForBobAndOneForAlice(LARGE, others);
                        return server.meter("notification_sessions_closed_slow_total") == 1;
                    });

            Awaitility.await().until(() -> server.meter("notification_sessions_open") == OTHERS);
            publishMuchForBobAndOneForAlice(LARGE, others);
            assertThat(others).allMatch(Client::isOpen);
        } finally {
            others.forEach(Client::drop);
        }
    }

    /** The server may close the connection at any time; its meter tells why. */
    private static void pongUnlessClosed(BareWebSocket socket) {
        try {
            socket.pong();
        } catch (UncheckedIOException closed) {
            // as it should be
        }
    }

    private static void publishMuchForBobAndOneForAlice(String text, List<Client> ofAlice) {
        String content = UUID.randomUUID() + text;
        publish(content, Stream.concat(Stream.of("alice"), Collections.nCopies(MUCH, "bob").stream()));
        Awaitility.await("all to have it")
                .atMost(IN_TIME)
                .until(() -> ofAlice.stream()
                        .allMatch(client -> client.received("notification").stream()
                                .anyMatch(envelope -> Client.contents(envelope).contains(content))));
        ofAlice.forEach(Client::forget);
    }

    @Test
    void silentlyDeadConnectionIsClosedAndItsUserIsOffline() {
        try (BareWebSocket dying = BareWebSocket.joined(server.port(), "u1", "pw")) {
            assertThat(isOnline("u1")).isTrue();

            assertThat(dying.awaitClose()).isEqualTo(1001);

            assertThat(isOnline("u1")).isFalse();
        }
    }

    private static boolean isOnline(String user) {
        return publish("c", Stream.of(user))
                .json()
                .getJsonArray("recipients")
                .getJsonObject(0)
                .getBoolean("online");
    }

    private static Publisher.Answer publish(String content, Stream<String> users) {
        String recipients = users.map(user -> "{\"id\":\"" + user + "\"}").collect(Collectors.joining(",", "[", "]"));
        return new Publisher(server.http("/notify")).form(Map.of("content", content, "users", recipients));
    }
}
