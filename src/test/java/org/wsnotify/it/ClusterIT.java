package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.it.ClusterPublisher.Post;
import org.wsnotify.it.ClusterPublisher.Receipt;

/**
 * Two servers on one database act as one. The order of the tests only saves restarts.
 *
 * <p>A long run of the histories, which CONTRIBUTING describes: {@code -Dnotification.test.cluster-seconds=1200}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {

    private static final int A = 0;
    private static final int B = 1;
    private static final int POSTS = 200;
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SECONDS =
            Duration.ofSeconds(Integer.getInteger("notification.test.cluster-seconds", 30));
    private static final long SEED = Long.getLong(
            "notification.test.cluster-seed", ThreadLocalRandom.current().nextLong(1_000_000));

    /** What is not to happen is watched for until it would have happened. */
    private static final Duration MAILED_BY_THEN = Cluster.HOLD.plusSeconds(4);

    @TempDir
    static Path directory;

    private static Cluster cluster;
    private static final AtomicInteger USERS = new AtomicInteger();
    private static final Map<SentMails.Key, Instant> NOT_MAILED = new HashMap<>();

    @BeforeAll
    static void start() {
        MongoProcess.assumeItCanBeStarted();
        cluster = Cluster.start(directory, 2);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void allAreReady() {
        cluster.awaitAll();
    }

    @Test
    @Order(1)
    void aPublicationRingsOnTheOtherServer() {
        String user = newUser();
        Map<String, Long> rung = new ConcurrentHashMap<>();
        Map<String, Long> posted = new HashMap<>();
        try (Bell bell = Bell.at(node(B), user, rung::put)) {
            for (int i = 0; i < POSTS; i++) {
                String content = user + "-" + i;
                posted.put(content, System.nanoTime());
                assertThat(publish(A, Post.to(user, content)).line(user).getBoolean("online"))
                        .as("the receipt of A says that %s is online", user)
                        .isTrue();
            }
            awaiting("all to have rung").until(() -> rung.size() == POSTS);
            awaitStored(bell);
        }
        Latencies latencies = new Latencies();
        posted.forEach((content, when) -> latencies.add(rung.get(content) - when));
        System.out.printf("post at A -> socket at B, %d posts one after the other: %s%n", POSTS, latencies);
    }

    @Test
    @Order(2)
    void changesReachTheDevicesOnTheOtherServer() {
        String user = newUser();
        try (Bell here = Bell.at(node(A), user);
                Bell there = Bell.at(node(B), user)) {
            List<String> ids = IntStream.range(0, 6)
                    .mapToObj(i -> publish(i % 2, Post.to(user, user + "-" + i))
                            .line(user)
                            .getString("id"))
                    .toList();
            awaitShown(ids, here, there);

            here.seen(ids.subList(0, 1));
            awaitShown(ids.subList(1, 6), here, there);
            here.delete(ids.subList(1, 2));
            awaitShown(ids.subList(2, 6), here, there);
            here.seenAll();
            awaitShown(List.of(), here, there);
            awaitStored(here, there);
        }
    }

    @Test
    @Order(3)
    void sessionsOnAllServersEnd() {
        String user = newUser();
        Client here = Client.joined(node(A).socket(), user, Bell.PASSWORD);
        Client there = Client.joined(node(B).socket(), user, Bell.PASSWORD);

        HttpRequest end = HttpRequest.newBuilder(node(A).http("/users/" + user + "/sessions"))
                .header("X-API-Key", Cluster.API_KEY)
                .DELETE()
                .build();
        assertThat(new Publisher(node(A).http("/")).send(end).status()).isEqualTo(204);

        assertThat(here.awaitClose()).isEqualTo(4001);
        assertThat(there.awaitClose()).isEqualTo(4001);
    }

    @Test
    @Order(3)
    void lifeOfANotificationIsTheSameOnAllServers() {
        String user = newUser();
        String group = "group of " + user;
        Client here = Client.joined(node(A).socket(), user, Bell.PASSWORD);
        Client there = Client.joined(node(B).socket(), user, Bell.PASSWORD);
        List<Client> devices = List.of(here, there);

        String replaced = post(A, json("one", user, "'group':'" + group + "'"));
        String retracted = post(B, json("two", user, "'group':'" + group + "'"));
        awaitDeleted(devices, replaced);
        devices.forEach(device -> device.awaitContent("two"));
        awaiting("both servers to have recorded their push")
                .until(() -> story(B, retracted).getJsonArray("pushes").size() == 2);
        delete(A, "/notifications/" + retracted);
        awaitDeleted(devices, retracted);
        assertThat(story(B, retracted).getJsonObject("removed").getString("reason"))
                .isEqualTo("retracted");

        String expired = post(B, json("three", user, "'expires_in':1"));
        String scheduled =
                post(A, json("four", user, "'deliver_at':'" + Instant.now().plusSeconds(2) + "'"));
        awaitDeleted(devices, expired);
        devices.forEach(
                device -> assertThat(Client.ids(device.awaitContent("four"))).containsExactly(scheduled));
        publish(B, Post.to(user, "five"));
        for (Client device : devices) {
            device.awaitContent("five");
            assertThat(device.received("delete").stream().flatMap(told -> Client.ids(told).stream()))
                    .containsExactlyInAnyOrder(replaced, retracted, expired);
            assertThat(device.received("notification").stream().flatMap(told -> Client.ids(told).stream()))
                    .containsOnlyOnce(scheduled);
        }

        delete(B, "/users/" + user);
        devices.forEach(device -> assertThat(device.awaitClose()).isEqualTo(4001));
        assertThat(collectionsWith(user)).isSubsetOf("ws_relay", "ws_presence");
    }

    private static String json(String content, String user, String more) {
        return "{'content':'" + content + "','users':['" + user + "']," + more + "}";
    }

    /** Publishes, and returns the id of the notification. */
    private static String post(int node, String json) {
        Publisher.Answer answer = new Publisher(node(node).http("/notify")).json(json, "X-API-Key", Cluster.API_KEY);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("recipients").getJsonObject(0).getString("id");
    }

    private static void delete(int node, String path) {
        HttpRequest request = HttpRequest.newBuilder(node(node).http(path))
                .header("X-API-Key", Cluster.API_KEY)
                .DELETE()
                .build();
        Publisher.Answer answer = new Publisher(node(node).http("/")).send(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static JsonObject story(int node, String id) {
        HttpRequest request = HttpRequest.newBuilder(node(node).http("/notifications/" + id))
                .header("X-API-Key", Cluster.API_KEY)
                .build();
        return new Publisher(node(node).http("/")).send(request).json();
    }

    private static void awaitDeleted(List<Client> devices, String id) {
        devices.forEach(
                device -> device.await("delete", told -> Client.ids(told).equals(List.of(id))));
    }

    /** Returns the collections with a document that contains a text. */
    private static List<String> collectionsWith(String text) {
        List<String> found = new ArrayList<>();
        try (MongoClient client = MongoClients.create(cluster.database().uri())) {
            MongoDatabase database = client.getDatabase("ws_notification");
            for (String name : database.listCollectionNames()) {
                for (Document document : database.getCollection(name).find()) {
                    if (document.toJson().contains("\"" + text + "\"")
                            || document.toJson().contains(text + "@")) {
                        found.add(name);
                        break;
                    }
                }
            }
        }
        return found;
    }

    @Test
    @Order(4)
    @SuppressWarnings("try") // a device only has to be there
    void mailGoesOnlyToThoseWhoLookAtNoServer() {
        String looking = newUser();
        String deaf = newUser();
        String absent = newUser();
        try (Bell bell = Bell.at(node(B), looking);
                BareWebSocket bare = BareWebSocket.joined(node(B).port(), deaf, Bell.PASSWORD)) {
            String content = "look-" + looking;
            Receipt receipt = publish(A, new Post(content, "t", List.of(looking, deaf, absent), true, true));

            assertThat(receipt.line(looking).getString("email")).isEqualTo("held");
            assertThat(receipt.line(deaf).getString("email")).isEqualTo("held");
            assertThat(receipt.line(absent).getString("email")).isEqualTo("owed");
            awaitMailed(content, absent, deaf);
            System.out.printf(
                    "mailed %d ms after the post%n",
                    Duration.between(receipt.begun(), Instant.now()).toMillis());
            assertNoMoreThanOnce(content, absent, deaf);
            expectNoMail(content, looking);
            assertThat(bell.faults()).isEmpty();
        }
    }

    @Test
    @Order(5)
    void haltedServerCatchesUpAndTellsNothingTwice() {
        String user = newUser();
        try (Bell there = Bell.at(node(B), user);
                Bell here = Bell.at(node(A), user)) {
            for (Duration halt : List.of(
                    Cluster.LEASE.dividedBy(3), Cluster.LEASE.multipliedBy(5).dividedBy(2))) {
                List<String> ids = new ArrayList<>(there.unseen());
                Thread meanwhile = new Thread(() -> {
                    for (int i = 0; i < 20; i++) {
                        ids.add(publish(B, Post.to(user, user + "-" + halt + "-" + i))
                                .line(user)
                                .getString("id"));
                    }
                    there.seen(ids.subList(0, 5));
                });
                meanwhile.start();
                cluster.pause(A, halt);
                Instant went = Instant.now();
                join(meanwhile);
                awaitShown(ids.subList(5, ids.size()), here, there);
                System.out.printf(
                        "halted for %s: right again %d ms after it went on%n",
                        halt, Duration.between(went, Instant.now()).toMillis());
                awaitStored(here, there);
            }
            assertThat(here.stays()).as("connections of the halted device").hasSize(1);
        }
    }

    @Test
    @Order(6)
    @SuppressWarnings("try") // a device only has to be there
    void heldMailOfADeadPublisherIsJudgedWhereItsUserLooks() {
        String looking = newUser();
        String deaf = newUser();
        try (Bell bell = Bell.at(node(B), looking);
                BareWebSocket bare = BareWebSocket.joined(node(B).port(), deaf, Bell.PASSWORD)) {
            String content = "dead-" + looking;
            Receipt receipt = publish(A, new Post(content, "t", List.of(looking, deaf), true, true));
            cluster.kill(A);
            cluster.launch(A);

            assertThat(receipt.line(looking).getString("email")).isEqualTo("held");
            awaitMailed(content, deaf);
            assertNoMoreThanOnce(content, deaf);
            expectNoMail(content, looking);
            awaitStored(B, bell);
        }
    }

    @Test
    @Order(7)
    @SuppressWarnings("try") // a device only has to be there
    void usersOfADeadServerAreOfflineAfterItsLease() {
        String user = newUser();
        try (BareWebSocket there = BareWebSocket.joined(node(B).port(), user, Bell.PASSWORD)) {
            awaiting(user + " to be online").until(() -> isOnline(user));
            cluster.kill(B);
            Instant killed = Instant.now();
            String held = "killed-" + user;
            assertThat(publish(A, Post.mailTo(user, held)).line(user).getString("email"))
                    .isEqualTo("held");
            Awaitility.await("offline after a lease")
                    .atMost(Cluster.LEASE.plusSeconds(5))
                    .until(() -> !isOnline(user));
            System.out.printf(
                    "offline %d ms after the server was killed%n",
                    Duration.between(killed, Instant.now()).toMillis());
            awaitMailed(held, user);
            String later = "later-" + user;
            assertThat(publish(A, Post.mailTo(user, later)).line(user).getString("email"))
                    .isEqualTo("owed");
            awaitMailed(later, user);
            assertNoMoreThanOnce(held, user);
            cluster.launch(B);
        }
    }

    @Test
    @Order(8)
    void randomHistories() {
        ClusterHistory history = new ClusterHistory(cluster, SEED);
        history.run(SECONDS);
        history.check();
    }

    @Test
    @Order(9)
    @SuppressWarnings("try") // a device only has to be there
    void usersOfAStoppedServerReturnToTheOther() {
        String user = newUser();
        try (Bell bell = new Bell(
                        user,
                        () -> node(B).isAlive() ? Optional.of(B) : Optional.of(A),
                        node -> node(node).socket(),
                        (content, when) -> {})
                .open()
                .awaitJoined()) {
            String gone = newUser();
            try (BareWebSocket there = BareWebSocket.joined(node(B).port(), gone, Bell.PASSWORD)) {
                awaiting(gone + " to be online").until(() -> isOnline(gone));
                cluster.stop(B);
                assertThat(isOnline(gone)).as("online after the server stopped").isFalse();
            }
            awaiting("the return to A")
                    .until(() ->
                            bell.isJoined() && bell.stays().get(bell.stays().size() - 1).node == A);
            assertThat(isOnline(user)).isTrue();
            awaiting("the bell to ring").until(() -> bell.pushes() == 1);
            awaitStored(A, bell);
        }
    }

    /** The tests before only note what must not be sent: by now it would have been. */
    @Test
    @Order(10)
    void nobodyWhoLookedWasMailed() {
        Instant last = NOT_MAILED.values().stream().max(Instant::compareTo).orElseThrow();
        Awaitility.await("the time of the mails")
                .atMost(MAILED_BY_THEN.plusSeconds(5))
                .until(() -> Instant.now().isAfter(last.plus(MAILED_BY_THEN)));
        assertThat(SentMails.of(cluster).all().keySet()).doesNotContainAnyElementsOf(NOT_MAILED.keySet());
    }

    private static TestServer node(int number) {
        return cluster.node(number);
    }

    private static String newUser() {
        return "u" + (ClusterHistory.USERS + USERS.incrementAndGet());
    }

    private static Receipt publish(int node, Post post) {
        return ClusterPublisher.acknowledged(node(node), post);
    }

    /** Asks A. */
    private static boolean isOnline(String user) {
        return publish(A, Post.to(user, "is-" + System.nanoTime())).line(user).getBoolean("online");
    }

    private static ConditionFactory awaiting(String what) {
        return Awaitility.await(what).atMost(SOON).pollInterval(Duration.ofMillis(20));
    }

    private static void awaitShown(List<String> ids, Bell... bells) {
        for (Bell bell : bells) {
            awaiting("the bell of " + bell.user()).untilAsserted(() -> {
                assertThat(bell.unseen())
                        .containsExactlyElementsOf(ids.stream().sorted().toList());
                assertThat(bell.agreesWithItself())
                        .as("the counts are those of what is shown")
                        .isTrue();
            });
        }
    }

    private static void awaitStored(Bell... bells) {
        awaitStored(A, bells);
    }

    /** Compares devices with what a node reads from the store. */
    private static void awaitStored(int node, Bell... bells) {
        for (Bell bell : bells) {
            awaiting("what is stored")
                    .untilAsserted(() -> assertThat(
                                    StoredInbox.of(node(node), bell.user()).differenceTo(bell))
                            .isEmpty());
            assertThat(bell.faults()).isEmpty();
        }
    }

    private static void awaitMailed(String content, String... users) {
        Awaitility.await("the mail " + content)
                .atMost(Cluster.HOLD.plus(Cluster.LEASE).plusSeconds(20))
                .until(() -> {
                    SentMails mails = SentMails.of(cluster);
                    return List.of(users).stream()
                            .noneMatch(user -> mails.to(user, content).isEmpty());
                });
    }

    private static void assertNoMoreThanOnce(String content, String... users) {
        SentMails mails = SentMails.of(cluster);
        assertThat(users).allSatisfy(user -> assertThat(mails.to(user, content)).hasSize(1));
    }

    private static void expectNoMail(String content, String user) {
        NOT_MAILED.put(new SentMails.Key(content, user), Instant.now());
    }

    private static void join(Thread thread) {
        try {
            thread.join(SOON.toMillis() * 3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }
}
