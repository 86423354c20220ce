package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.it.ClusterPublisher.Answer;
import org.wsnotify.it.ClusterPublisher.Post;
import org.wsnotify.it.ClusterPublisher.Receipt;

/**
 * Two servers behind nginx are restarted one after the other while back ends publish and users look.
 *
 * <p>{@code -Dnotification.test.restart-rate=200 -Dnotification.test.restart-sockets=500} for that many publications a
 * second and devices (CONTRIBUTING).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollingRestartIT {

    private static final int RATE = Integer.getInteger("notification.test.restart-rate", 40);
    private static final int DEVICES = Integer.getInteger("notification.test.restart-sockets", 100);

    /** Every so many publications have a mail, to a user who looks and to one who never does. */
    private static final int MAIL_EVERY = 10;

    private static final String ABSENT = "nobody";
    private static final int BACK_ENDS = 16;
    private static final int SOCKJS_SESSIONS = 10;
    private static final int OK = 200;
    private static final int CONFLICT = 409;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final Duration LONG_AWAY = Cluster.HOLD.minusMillis(500);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

    private Cluster cluster;
    private Nginx nginx;
    private List<Bell> bells = List.of();
    private final ScheduledExecutorService backEnds = Executors.newScheduledThreadPool(BACK_ENDS);
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger skipped = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Queue<Receipt> receipts = new ConcurrentLinkedQueue<>();
    private final Queue<Post> unanswered = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<String, Long> posted = new ConcurrentHashMap<>();
    private final Latencies latencies = new Latencies();
    private volatile boolean over;

    @BeforeAll
    void start(@TempDir Path directory) {
        MongoProcess.assumeItCanBeStarted();
        Nginx.assumeItCanBeStarted();
        cluster = Cluster.start(directory, 2);
        nginx = Nginx.before(directory.resolve("nginx"), cluster);
    }

    /** Round robin would find the session of every second request on the other server. */
    @Test
    @Order(1)
    void sockJsSessionOverHttpStaysOnItsServer() {
        for (int i = 0; i < SOCKJS_SESSIONS; i++) {
            String session = "/notification/000/" + UUID.randomUUID();
            assertThat(ask(session + "/xhr", "")).isEqualTo("o\n");
            assertThat(ask(session + "/xhr_send", "[\"{\\\"name\\\":\\\"unseen\\\"}\"]"))
                    .isEmpty();
            assertThat(ask(session + "/xhr", "")).contains("not-joined");
        }
    }

    private String ask(String target, String body) {
        try (RawHttp request = RawHttp.send("POST", nginx.address().port(), target, body)) {
            return request.head().body();
        }
    }

    /** Each user has one device. */
    private void openBells() {
        bells = IntStream.rangeClosed(1, DEVICES)
                .mapToObj(number -> new Bell(
                                "u" + number,
                                () -> Optional.of(0),
                                node -> nginx.address().socket(),
                                this::rung)
                        .open())
                .toList();
        bells.forEach(Bell::awaitJoined);
    }

    @AfterAll
    void stop() {
        over = true;
        backEnds.shutdownNow();
        bells.forEach(Bell::close);
        if (nginx != null) {
            nginx.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(2)
    void nobodyNoticesMoreThanAReconnect() throws Exception {
        openBells();
        for (int i = 0; i < BACK_ENDS; i++) {
            long period = BACK_ENDS * 1_000_000L / RATE;
            var unused =
                    backEnds.scheduleAtFixedRate(this::publish, i * period / BACK_ENDS, period, TimeUnit.MICROSECONDS);
        }
        awaitMore(RATE);
        for (int node = 0; node < cluster.size(); node++) {
            Instant begun = Instant.now();
            cluster.stop(node);
            Instant stopped = Instant.now();
            cluster.awaitAll();
            System.out.printf(
                    "node %d restarted: %d ms to stop, %d ms to be ready again%n",
                    node,
                    Duration.between(begun, stopped).toMillis(),
                    Duration.between(stopped, Instant.now()).toMillis());
            awaitAllBack();
            awaitMore(2 * RATE);
        }
        over = true;
        backEnds.shutdown();
        assertThat(backEnds.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        System.out.println(summary());

        Assertions.assertAll(
                () -> assertThat(wrong)
                        .as("answers that are neither an acknowledgement nor Retry-After")
                        .isEmpty(),
                this::assertUnansweredWithAKeyAreAccepted,
                this::assertDevicesShowWhatIsStored,
                this::assertNothingAcknowledgedIsLost,
                this::assertMails,
                this::assertLogsAreQuiet,
                () -> assertThat(bells.stream().mapToInt(Bell::turnedAway).sum())
                        .as("WebSockets that a stopping server opened and closed")
                        .isZero(),
                () -> assertThat(absences())
                        .as("times without a connection")
                        .allSatisfy(absence -> assertThat(absence.time()).isLessThan(BACK_WITHIN)));
        everyServerIsDown();
    }

    /** Nginx itself then answers as the servers do when they cannot store anything. */
    private void everyServerIsDown() {
        bells.forEach(Bell::close);
        cluster.node(0).kill();
        cluster.node(1).kill();

        Answer answer = ClusterPublisher.post(nginx.address().http("/notify"), 0, Post.to(ABSENT, "all down"));

        assertThat(answer.status()).isEqualTo(SERVICE_UNAVAILABLE);
        assertThat(answer.mayBeRepeated()).as("with Retry-After").isTrue();
    }

    // ---- back ends

    private void publish() {
        if (over || underWay.get() >= BACK_ENDS) {
            skipped.incrementAndGet();
            return;
        }
        underWay.incrementAndGet();
        try {
            Post again = unanswered.poll();
            attempt(again != null ? again : next());
        } catch (RuntimeException | Error e) { // else the schedule would end
            wrong.add(e.toString());
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Post next() {
        int number = numbers.incrementAndGet();
        String content = "r-" + number;
        String user = "u" + (1 + number % DEVICES);
        boolean mail = number % MAIL_EVERY == 0;
        posted.put(content, System.nanoTime());
        return new Post(content, "t", mail ? List.of(user, ABSENT) : List.of(user), mail, number % 2 == 0);
    }

    private void attempt(Post post) {
        Answer answer = ClusterPublisher.post(nginx.address().http("/notify"), 0, post);
        answers.computeIfAbsent(
                        answer.status() + (answer.mayBeRepeated() ? " with Retry-After" : ""),
                        any -> new AtomicInteger())
                .incrementAndGet();
        answer.receipt().ifPresent(receipts::add);
        if (answer.receipt().isEmpty()) {
            boolean mayBeRepeated = answer.mayBeRepeated()
                    && (answer.status() == SERVICE_UNAVAILABLE || (post.keyed() && answer.status() == CONFLICT));
            if (!mayBeRepeated) {
                wrong.add(post.content() + (post.keyed() ? " with a key: " : ": ") + answer);
            }
            if (post.keyed()) {
                unanswered.add(post);
            }
        }
    }

    private void awaitMore(int count) {
        int before = receipts.size();
        Awaitility.await("more publications")
                .atMost(Duration.ofMinutes(1))
                .until(() -> receipts.size() > before + count);
    }

    private void assertUnansweredWithAKeyAreAccepted() {
        List<Post> rest = new ArrayList<>(unanswered);
        Awaitility.await("the rest to be acknowledged")
                .atMost(Duration.ofSeconds(90))
                .until(() -> {
                    rest.removeIf(post -> {
                        Answer answer = ClusterPublisher.post(nginx.address().http("/notify"), 0, post);
                        answer.receipt().ifPresent(receipts::add);
                        return answer.status() == OK;
                    });
                    return rest.isEmpty();
                });
    }

    // ---- users

    private void rung(String content, long when) {
        Long begun = posted.get(content);
        if (begun != null) {
            latencies.add(when - begun);
        }
    }

    private void awaitAllBack() {
        Awaitility.await("all devices to be back")
                .atMost(Duration.ofSeconds(30))
                .until(() -> bells.stream().allMatch(Bell::isJoined));
    }

    /** A time without a connection. */
    private record Absence(Instant from, Instant to) {
        Duration time() {
            return Duration.between(from, to);
        }
    }

    private List<Absence> absences() {
        return bells.stream().flatMap(bell -> absences(bell).stream()).toList();
    }

    private static List<Absence> absences(Bell bell) {
        List<Bell.Stay> stays = bell.stays();
        return IntStream.range(1, stays.size())
                .mapToObj(i -> new Absence(stays.get(i - 1).end(), stays.get(i).from))
                .toList();
    }

    private void assertDevicesShowWhatIsStored() {
        Awaitility.await("all devices to show what is stored")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(bells.stream()
                                .map(bell -> StoredInbox.of(cluster.node(0), bell.user())
                                        .differenceTo(bell))
                                .filter(difference -> !difference.isEmpty()))
                        .isEmpty());
        assertThat(bells.stream().flatMap(bell -> bell.faults().stream())).isEmpty();
    }

    private void assertNothingAcknowledgedIsLost() {
        Map<String, Set<String>> stored = new HashMap<>();
        List<String> lost = new ArrayList<>();
        for (Receipt receipt : receipts) {
            for (JsonObject line : receipt.lines()) {
                String user = line.getString("userId");
                if (!user.equals(ABSENT)
                        && !stored.computeIfAbsent(user, any -> StoredInbox.everythingOf(cluster.node(1), any))
                                .contains(line.getString("id"))) {
                    lost.add(receipt.post().content());
                }
            }
        }
        assertThat(lost).as("acknowledged and lost").isEmpty();
    }

    private void assertMails() {
        List<String> owed = receipts.stream()
                .filter(receipt -> receipt.post().mail())
                .map(receipt -> receipt.post().content())
                .distinct()
                .toList();
        Awaitility.await("the owed mails").atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            SentMails mails = SentMails.of(cluster);
            assertThat(owed.stream().filter(content -> mails.to(ABSENT, content).isEmpty()))
                    .as("owed and not sent")
                    .isEmpty();
        });
        SentMails mails = SentMails.of(cluster);
        assertThat(mails.all().entrySet().stream()
                        .filter(mail -> !mail.getKey().user().equals(ABSENT))
                        .filter(mail ->
                                !wasAway(mail.getKey(), mail.getValue().get(0).at())))
                .as("mails to users who look")
                .isEmpty();
        assertThat(mails.all().entrySet().stream()
                        .filter(mail -> mail.getValue().size() > 1))
                .as("mails sent twice")
                .isEmpty();
    }

    /** With a valve Payara warns five times with each asynchronous request. Ports that are closed at first add one. */
    private void assertLogsAreQuiet() {
        for (int node = 0; node < cluster.size(); node++) {
            assertThat(cluster.node(node)
                            .log()
                            .lines()
                            .filter(line -> line.contains("WELD-000") && line.contains("WARN")))
                    .as("warnings of node " + node)
                    .isEmpty();
        }
    }

    /** Returns how often nginx got which answers of which servers to publications and to handshakes. */
    private Map<String, Long> upstreams() {
        return nginx.requests().stream()
                .filter(line -> line.contains("POST /notify ") || line.contains("GET /notification/websocket "))
                .map(line -> line.replace("127.0.0.1:" + cluster.node(0).port(), "node 0")
                        .replace("127.0.0.1:" + cluster.node(1).port(), "node 1"))
                .collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()));
    }

    /** Returns what the servers said of their stops. */
    private Stream<String> stops() {
        return IntStream.range(0, cluster.size())
                .boxed()
                .flatMap(node -> cluster.node(node)
                        .log()
                        .lines()
                        .filter(line -> line.contains("stopping, with") || line.contains("stopped before"))
                        .map(line -> "node " + node + ": " + line));
    }

    /** Returns whether a user was without a connection for so long that a held mail had to be sent. */
    private boolean wasAway(SentMails.Key mail, Instant sent) {
        Instant begun = Instant.now().minusNanos(System.nanoTime() - posted.get(mail.subject()));
        return bells.stream()
                .filter(bell -> bell.user().equals(mail.user()))
                .flatMap(bell -> absences(bell).stream())
                .anyMatch(absence -> absence.time().compareTo(LONG_AWAY) > 0
                        && absence.from().isBefore(sent)
                        && absence.to().isAfter(begun));
    }

    private String summary() {
        Map<Long, Integer> histogram = new TreeMap<>();
        absences().forEach(absence -> histogram.merge(absence.time().toMillis() / 250 * 250, 1, Integer::sum));
        StringBuilder lines = new StringBuilder(String.format(
                "%d publications begun (%d not in time), answers %s; %d devices, %d pushes, post -> socket %s; %d mails%n",
                numbers.get(),
                skipped.get(),
                new TreeMap<>(answers),
                bells.size(),
                bells.stream().mapToInt(Bell::pushes).sum(),
                latencies,
                SentMails.of(cluster).count()));
        upstreams().forEach((line, count) -> lines.append(String.format("%6d %s%n", count, line)));
        stops().forEach(line -> lines.append(line).append('\n'));
        lines.append(String.format("times without a connection, in steps of 250 ms:%n"));
        histogram.forEach((from, count) ->
                lines.append(String.format("%6d ms %4d %s%n", from, count, "#".repeat(Math.min(count, 80)))));
        return lines.toString();
    }
}
