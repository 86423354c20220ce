package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.Ports;

/** The database goes away under a running server, and comes back. */
class StoreOutageIT {

    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int SOME = 300;
    private static final int MORE_THAN_CAN_WAIT = 1_500;

    /** That is what the first who failed have waited for: ten seconds. */
    private static final Duration SOONER_THAN_AN_ELECTION = Duration.ofSeconds(8);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private final InetSocketAddress address = Ports.freeAddress();
    private MongoServer database;

    @BeforeEach
    void startDatabase() {
        database = new MongoServer(new MemoryBackend());
        database.bind(address);
    }

    @AfterEach
    void end() {
        database.shutdownNow();
    }

    @Test
    void aShortOutageIsWaitedForAndALongOneIsToldAtOnceAndTheServerLivesOn() {
        try (TestServer server = server().start()) {
            assertThat(posts(server, SOME))
                    .allSatisfy(post -> assertThat(status(post)).isEqualTo(OK));

            database.shutdownNow();
            List<CompletableFuture<HttpResponse<String>>> waiting = posts(server, SOME);
            assertAliveWhile(server, waiting, SOME - 1);
            startDatabase();
            assertThat(waiting).allSatisfy(post -> assertThat(status(post)).isEqualTo(OK));

            database.shutdownNow();
            waiting = posts(server, MORE_THAN_CAN_WAIT);
            assertAliveWhile(server, waiting, SOME);
            assertThat(waiting).allSatisfy(post -> assertThatIsUnavailable(post.join()));
            assertTimeout(
                    SOONER_THAN_AN_ELECTION,
                    () -> assertThat(posts(server, 20)).allSatisfy(post -> assertThatIsUnavailable(post.join())));

            startDatabase();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> status(posts(server, 1).get(0)) == OK);
        }
    }

    /** Health checks and new clients are not behind those who wait, which are more than the server has threads. */
    private static void assertAliveWhile(
            TestServer server, List<CompletableFuture<HttpResponse<String>>> waiting, int moreThan) {
        assertThat(server.status("/health/live")).isEqualTo(OK);
        Client.connect(server.socket()).close();
        assertThat(waiting.stream().filter(post -> !post.isDone())).hasSizeGreaterThan(moreThan);
    }

    private static int status(CompletableFuture<HttpResponse<String>> post) {
        return post.join().statusCode();
    }

    private static void assertThatIsUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(SERVICE_UNAVAILABLE);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(answer.body()).contains("store-unavailable");
    }

    private static List<CompletableFuture<HttpResponse<String>>> posts(TestServer server, int count) {
        HttpRequest request = HttpRequest.newBuilder(server.http("/notify"))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"content\":\"x\",\"users\":[{\"id\":1}]}", StandardCharsets.UTF_8))
                .build();
        return IntStream.range(0, count)
                .mapToObj(i -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();
    }

    private TestServer server() {
        return TestServer.in(directory.resolve("run"))
                .with("notification.mail.directory", directory.resolve("mail").toString())
                .withEnvironment("NOTIFICATION_MONGODB_URI", "mongodb://127.0.0.1:" + address.getPort() + "/");
    }
}
