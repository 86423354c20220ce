package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database of a running server fails and returns. */
class StoreOutageIT {

    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int SOME = 300;
    private static final int FEW = 4;
    private static final int MORE_THAN_CAN_WAIT = 1_500;

    /** The number of bytes that the process may still write until the disk counts as full. */
    private static final int ROOM = 1 << 20;

    /** Less than the ten seconds that the first failed requests waited for an election. */
    private static final Duration SOONER_THAN_AN_ELECTION = Duration.ofSeconds(8);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    @Test
    void shortOutageDelaysAndLongOutageIsReportedAtOnce() {
        MongoProcess.assumeItCanBeStarted();
        try (MongoProcess database = MongoProcess.in(directory.resolve("database"));
                TestServer server = server(database).start()) {
            warmUp(server);

            database.kill();
            List<CompletableFuture<HttpResponse<String>>> waiting = posts(server, SOME);
            assertAliveWhile(server, waiting, SOME - 1);
            database.start();
            assertThat(waiting).allSatisfy(StoreOutageIT::assertThatIsStored);

            database.kill();
            waiting = posts(server, MORE_THAN_CAN_WAIT);
            List<CompletableFuture<HttpResponse<String>>> inboxes = inboxes(server, SOME);
            assertAliveWhile(server, waiting, SOME);
            assertThat(waiting).allSatisfy(post -> assertThatIsUnavailable(post.join()));
            assertThat(inboxes).allSatisfy(inbox -> assertThatIsUnavailable(inbox.join()));
            assertTimeout(
                    SOONER_THAN_AN_ELECTION,
                    () -> assertThat(posts(server, SOME)).allSatisfy(post -> assertThatIsUnavailable(post.join())));

            database.start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> status(posts(server, 1).get(0)) == OK);
        }
    }

    @Test
    void fullDiskIsReportedAndTheServerRecovers() throws Exception {
        Path store = directory.resolve("store");
        try (TestServer server = TestServer.in(directory.resolve("run"))
                .with("notification.embedded.directory", store.toString())
                .with("notification.mail.directory", directory.resolve("mail").toString())
                .start()) {
            assertThat(status(posts(server, 1).get(0))).isEqualTo(OK);

            limitFiles(server, String.valueOf(Files.size(store.resolve("notifications.mv")) + ROOM));
            fill(server);
            HttpResponse<String> ready = get(server, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(SERVICE_UNAVAILABLE);
            assertThat(ready.body()).contains("the disk is full");

            limitFiles(server, "unlimited");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.status("/health/ready") == OK);
            assertThat(status(posts(server, 1).get(0))).isEqualTo(OK);
        }
    }

    /** Publishes no more at once than one address may: a server that has just started may not keep up with more. */
    private static void warmUp(TestServer server) {
        for (int i = 0; i < SOME; i += FEW) {
            assertThat(posts(server, FEW)).allSatisfy(StoreOutageIT::assertThatIsStored);
        }
    }

    /** Publishes until publications are refused: large texts first, then the smallest. */
    private static void fill(TestServer server) {
        Random random = new Random(1);
        publishUntilRefused(server, () -> noise(random));
        publishUntilRefused(server, () -> "x");
    }

    private static void publishUntilRefused(TestServer server, Supplier<String> content) {
        HttpResponse<String> answer = post(server, content.get()).join();
        for (int i = 0; answer.statusCode() == OK && i < 1_000; i++) {
            answer = post(server, content.get()).join();
        }
        assertThatIsUnavailable(answer);
    }

    private static String noise(Random random) {
        return random.ints(30_000, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Limits the size of all files that the process writes, which acts like a full disk. */
    private static void limitFiles(TestServer server, String bytes) throws Exception {
        Process process = new ProcessBuilder("prlimit", "--pid", String.valueOf(server.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static HttpResponse<String> get(TestServer server, String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(server.http(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Health checks and new clients are answered while more publications wait than the server has threads. */
    private static void assertAliveWhile(
            TestServer server, List<CompletableFuture<HttpResponse<String>>> waiting, int moreThan) {
        assertThat(server.status("/health/live")).isEqualTo(OK);
        Client.connect(server.socket()).close();
        assertThat(waiting.stream().filter(post -> !post.isDone())).hasSizeGreaterThan(moreThan);
    }

    private static void assertThatIsStored(CompletableFuture<HttpResponse<String>> post) {
        HttpResponse<String> answer = post.join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(OK);
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

    /** Reads an inbox many times at once. Each request waits on a thread of the server. */
    private static List<CompletableFuture<HttpResponse<String>>> inboxes(TestServer server, int count) {
        HttpRequest request = HttpRequest.newBuilder(server.http("/users/1/notifications"))
                .timeout(Duration.ofMinutes(1))
                .build();
        return IntStream.range(0, count)
                .mapToObj(i -> HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();
    }

    private static List<CompletableFuture<HttpResponse<String>>> posts(TestServer server, int count) {
        return IntStream.range(0, count).mapToObj(i -> post(server, "x")).toList();
    }

    private static CompletableFuture<HttpResponse<String>> post(TestServer server, String content) {
        HttpRequest request = HttpRequest.newBuilder(server.http("/notify"))
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"content\":\"" + content + "\",\"users\":[{\"id\":1}]}", StandardCharsets.UTF_8))
                .build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private TestServer server(MongoProcess database) {
        return TestServer.in(directory.resolve("run"))
                .with("notification.mail.directory", directory.resolve("mail").toString())
                .withEnvironment("NOTIFICATION_MONGODB_URI", database.uri());
    }
}
