package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.Background;

/** Clients on slow links read everything over one connection, however long it takes. */
class SlowLinkIT {

    private static final int KIBIBYTE = 1024;
    private static final int BOUND = 65_536;

    /** What the JSON of a page of short notifications has besides their texts. */
    private static final int MOST_BESIDE_TEXTS = 30 * 400;

    @TempDir
    static Path directory;

    private static TestServer server;
    private static CompletableFuture<Duration> longTexts;
    private static CompletableFuture<Duration> manyTexts;
    private static CompletableFuture<Void> oneFrame;

    @BeforeAll
    static void start() {
        server = TestServer.in(directory)
                .with("notification.demo", "true")
                .with("notification.demo.extra-users", "1")
                .with("notification.session.heartbeat", "PT10S")
                .start();
        startToRead();
    }

    /** Each reads over a link of its own, so all can take their time at once. */
    private static void startToRead() {
        publish("x".repeat(60_000), 60, "bob");
        publish("y".repeat(300), 1000, "u1");
        publish("z".repeat(60_000), 60, "alice");
        longTexts = Background.call(() -> readUnseen("bob", "bob", 60, 64 * KIBIBYTE));
        manyTexts = Background.call(() -> readUnseen("u1", "pw", 1000, 16 * KIBIBYTE));
        oneFrame = Background.run(SlowLinkIT::readAllInOneFrame);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void everythingUnseenIsReadOverOneConnection() {
        assertThat(longTexts.join()).isGreaterThan(Duration.ofSeconds(60 * 60_000 / (64 * KIBIBYTE) - 1));
        assertThat(manyTexts.join()).isGreaterThan(Duration.ofSeconds(1000 * 300 / (16 * KIBIBYTE) - 1));
    }

    /** A client of the earlier server gets one large frame, and its answers to pings wait behind it. */
    @Test
    void clientThatSetsNoBoundIsNotTakenForSilent() {
        oneFrame.join();
    }

    private static void readAllInOneFrame() {
        try (ThrottledLink link = ThrottledLink.to(server.port(), 128 * KIBIBYTE);
                Client client = connect(link)) {
            client.join("alice", "alice");
            JsonObject all = Awaitility.await("all of it")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> client.received("notification"), received -> !received.isEmpty() || !client.isOpen())
                    .stream()
                    .findFirst()
                    .orElseThrow();
            assertThat(Client.ids(all)).hasSize(60);

            publish("the line is still good", 1, "alice");
            client.awaitContent("the line is still good");
        }
    }

    private static Client connect(ThrottledLink link) {
        return Client.connect(URI.create("ws://127.0.0.1:" + link.port() + "/notification/websocket"));
    }

    /** Reads all pages as a client does, and returns how long it takes. */
    private static Duration readUnseen(String user, String password, int count, int bytesPerSecond) {
        long start = System.nanoTime();
        try (ThrottledLink link = ThrottledLink.to(server.port(), bytesPerSecond);
                Client client = connect(link)) {
            client.send("{'name':'join','data':{'login':'" + user + "','password':'" + password + "','characters':"
                    + BOUND + "}}");
            client.await("joined");
            JsonObject first = client.await("notification");
            assertThat(first.getJsonObject("page")).hasToString("{\"page\":0}");
            assertThat(first.getBoolean("more")).isTrue();

            List<String> read = new ArrayList<>();
            boolean more = true;
            while (more) {
                client.forget();
                String before = read.isEmpty() ? "" : "'before':'" + read.get(read.size() - 1) + "',";
                client.send("{'name':'unseen','data':{" + before + "'characters':" + BOUND + "}}");
                JsonObject page = client.await("notification", envelope -> envelope.containsKey("more"));
                assertThat(page.toString()).hasSizeLessThan(BOUND + MOST_BESIDE_TEXTS);
                read.addAll(Client.ids(page));
                more = page.getBoolean("more");
            }
            assertThat(read).hasSize(count).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());

            publish("the line is still good", 1, user);
            client.awaitContent("the line is still good");
            assertThat(client.isOpen()).isTrue();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void publish(String content, int times, String user) {
        String users = Collections.nCopies(times, "{\"id\":\"" + user + "\"}").stream()
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(new Publisher(server.http("/notify")).form(Map.of("content", content, "users", users)))
                .returns(200, Publisher.Answer::status);
    }
}
