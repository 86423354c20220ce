package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsnotify.Race;
import org.wsnotify.delivery.IdempotencyStore.Claim;
import org.wsnotify.delivery.Keys;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.presence.Node;
import org.wsnotify.presence.Place;
import org.wsnotify.presence.PresenceState;
import org.wsnotify.relay.RelayDocument;

/**
 * What the stores do while the primary is lost: nothing acknowledged is lost, nothing is done twice, and who waits a
 * little notices nothing.
 *
 * <p>Each command fails more often than the driver itself repeats it.
 */
class MongoFailoverTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Instant LEASE_END = NOW.plus(LEASE);
    private static final String ANNA = "anna";

    /** MongoDB does not remove what is dated so. */
    private static final Instant LATER = Instant.parse("2126-03-04T05:06:07.089Z");

    private static final int TIMES = 2;

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::aloneOnServer);

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private MongoNotificationStore store;
    private MongoOutbox outbox;
    private MongoIdempotencyStore keys;

    @BeforeEach
    void empty() {
        MongoConnection connection = DATABASE.connection();
        store = new MongoNotificationStore(connection);
        outbox = new MongoOutbox(connection);
        keys = new MongoIdempotencyStore(connection);
    }

    static Stream<Failpoint> losses() {
        String[] commands = {"insert", "update", "findAndModify", "delete", "find", "count", "aggregate"};
        return Stream.of(
                Failpoint.notPrimary(TIMES, commands),
                Failpoint.closedConnection(TIMES, commands),
                Failpoint.unconfirmed(TIMES, commands));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void notificationsAreStoredOnce(Failpoint loss) {
        List<Notification> stored = fresh(2_500);

        during(loss, () -> store.store(stored));

        assertThat(store.unseen(ANNA, 10_000, Long.MAX_VALUE)).containsExactlyElementsOf(stored);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void notificationsAreReadCompletely(Failpoint loss) {
        List<Notification> stored = stored(50);

        assertThat(loss.during(() -> store.unseen(ANNA, 100, Long.MAX_VALUE))).containsExactlyElementsOf(stored);
        assertThat(loss.during(() -> store.readUnseen(ANNA, 100)).counts().total())
                .isEqualTo(50);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void notificationsMarkedSeenAreReported(Failpoint loss) {
        List<String> all = idsOf(stored(10));
        List<String> some = all.subList(0, 4);

        assertThat(loss.during(() -> store.markSeen(ANNA, some, NOW))).containsExactlyElementsOf(some);
        assertThat(loss.during(() -> store.markAllSeen(ANNA, Optional.empty(), NOW)))
                .contains(all.get(9));

        assertThat(store.unseen(ANNA, 100, Long.MAX_VALUE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void deletedNotificationsAreReported(Failpoint loss) {
        List<String> all = idsOf(stored(10));

        assertThat(loss.during(() -> store.delete(ANNA, all, NOW))).containsExactlyElementsOf(all);

        assertThat(store.page(ANNA, 0, 100)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void mailIsOwedClaimedRenewedAndSettledOnce(Failpoint loss) {
        during(loss, () -> outbox.owe(List.of(entry("a-1"), entry("b-1"))));

        assertThat(loss.during(() -> outbox.addresseesOf("a"))).containsOnlyKeys("a-1");
        OutboxEntry<OwedMail> claimed =
                loss.during(() -> outbox.claim(NOW, LEASE)).orElseThrow();
        assertThat(claimed.attempts()).isEqualTo(1);
        OutboxEntry<OwedMail> renewed = loss.during(() -> outbox.renew(claimed, LEASE_END.plusSeconds(1)))
                .orElseThrow();
        assertThat(loss.during(() -> outbox.settle(renewed, renewed.in(State.DONE, "250 ok"))))
                .isTrue();

        assertThat(loss.during(() -> outbox.status()).owed()).isEqualTo(1);
        OutboxEntry<OwedMail> other = outbox.claim(NOW, LEASE).orElseThrow();
        assertThat(other.id()).isNotEqualTo(claimed.id());
        assertThat(outbox.claim(NOW, LEASE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void anIdempotencyKeyIsGrantedToItsClaimer(Failpoint loss) {
        assertThat(loss.during(() -> Keys.claim(keys, "key", "payload", "first", NOW, LEASE)))
                .isEqualTo(new Claim.Granted("first"));
        assertThat(loss.during(() -> Keys.claim(keys, "key", "payload", "second", NOW, LEASE)))
                .isEqualTo(new Claim.InProgress());
        assertThat(loss.during(() -> Keys.claim(keys, "key", "payload", "second", LEASE_END, LEASE)))
                .isEqualTo(new Claim.Granted("first"));
        during(loss, () -> Keys.complete(keys, "key", "answer"));

        assertThat(Keys.claim(keys, "key", "payload", "third", NOW, LEASE)).isEqualTo(new Claim.Answered("answer"));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aServerIsRegisteredRenewedAndRemoved(Failpoint loss) {
        MongoNodeStore nodes = new MongoNodeStore(DATABASE.connection());

        assertThat(loss.during(() -> nodes.register("0000000a", LEASE))).isTrue();
        assertThat(loss.during(() -> nodes.register("0000000a", LEASE))).isFalse();
        assertThat(loss.during(() -> nodes.renew("0000000a", LEASE, Map.of("0000000b", 2L))))
                .isTrue();
        assertThat(loss.during(nodes::nodes)).containsExactly(new Node("0000000a", true, Map.of("0000000b", 2L)));
        nodes.register("0000000b", Duration.ZERO);
        assertThat(loss.during(() -> nodes.removeExpired("0000000b", Duration.ZERO)))
                .isTrue();
        during(loss, () -> nodes.remove("0000000a"));

        assertThat(nodes.nodes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void presenceIsWrittenReadAndForgotten(Failpoint loss) {
        MongoPresenceStore presence = new MongoPresenceStore(DATABASE.connection());
        PresenceState online = new PresenceState.Online(LATER);
        presence.write("0000000a", Map.of("gone", online));

        during(loss, () -> presence.write("0000000a", Map.of(ANNA, online, "gone", new PresenceState.Gone())));
        assertThat(loss.during(() -> presence.where(List.of(ANNA, "gone"))))
                .isEqualTo(Map.of(ANNA, List.of(new Place("0000000a", online))));
        assertThat(loss.during(presence::nodes)).containsExactly("0000000a");
        during(loss, () -> presence.forget("0000000a"));

        assertThat(presence.nodes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void relayDocumentsAreWrittenOnceInTheirOrder(Failpoint loss) {
        MongoRelayLog log = new MongoRelayLog(DATABASE.connection(), Clock.systemUTC());
        List<RelayDocument> documents = LongStream.rangeClosed(1, 5)
                .mapToObj(number -> new RelayDocument("0000000a", "0000000b", number, false, List.of()))
                .toList();

        during(loss, () -> log.append(documents));

        assertThat(loss.during(() -> log.read("0000000a", "0000000b", 0, 10))).isEqualTo(documents);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void oldMailAndKeysAreForgotten(Failpoint loss) {
        outbox.owe(List.of(entry("a").in(State.DONE, "")));
        Keys.claim(keys, "key", "payload", "first", NOW, LEASE);

        during(loss, () -> outbox.forget(LEASE_END));
        during(loss, () -> keys.forget(LEASE_END));

        assertThat(DATABASE.database().getCollection(MongoOutbox.COLLECTION).countDocuments())
                .isZero();
        assertThat(Keys.claim(keys, "key", "other", "second", NOW, LEASE)).isEqualTo(new Claim.Granted("second"));
    }

    @Test
    void aCallerCanRepeatAnOperationThatTookTooLong() {
        List<Notification> stored = fresh(10);
        MongoOptions impatient = new MongoOptions(
                DATABASE.options().uri(), DATABASE.options().database(), Duration.ofMillis(300), LEASE);
        try (MongoConnection connection = new MongoConnection(impatient, MongoTestDatabase::quickToNotice)) {
            MongoNotificationStore other = new MongoNotificationStore(connection);

            during(
                    Failpoint.notPrimary(1_000, "insert"),
                    () -> assertThatExceptionOfType(StoreUnavailableException.class)
                            .isThrownBy(() -> other.store(stored))
                            .withMessage("MongoDB: storing notifications failed: MongoNotPrimaryException 10107"));
            assertThat(store.unseen(ANNA, 100, Long.MAX_VALUE)).isEmpty();
            Awaitility.await() // until the driver has found the primary again
                    .ignoreExceptionsInstanceOf(StoreUnavailableException.class)
                    .untilAsserted(() -> other.store(stored));
        }

        assertThat(store.unseen(ANNA, 100, Long.MAX_VALUE)).containsExactlyElementsOf(stored);
    }

    @Test
    void notificationsAreStoredOnceWhenThePrimaryStepsDown() {
        List<Notification> acknowledged = Collections.synchronizedList(new ArrayList<>());

        Race.of(5, thread -> () -> {
            for (int call = 0; call < 40; call++) {
                if (thread == 0 && call == 20) {
                    stepDown();
                }
                List<Notification> some = fresh(20);
                store.store(some);
                acknowledged.addAll(some);
            }
            return null;
        });

        assertThat(acknowledged).hasSize(5 * 40 * 20);
        assertThat(idsOf(store.unseen(ANNA, 100_000, Long.MAX_VALUE)))
                .containsExactlyElementsOf(idsOf(acknowledged).stream().sorted().toList());
    }

    private static void stepDown() {
        try (MongoClient client =
                MongoClients.create(new ConnectionString(DATABASE.options().uri()))) {
            client.getDatabase("admin").runCommand(new Document("replSetStepDown", 2).append("force", true));
        }
    }

    private static void during(Failpoint loss, Runnable task) {
        Supplier<Boolean> done = () -> {
            task.run();
            return true;
        };
        assertThat(loss.during(done)).isTrue();
    }

    private List<Notification> fresh(int count) {
        String first = ids.reserve(count);
        return IntStream.range(0, count)
                .mapToObj(i -> Notification.unseen(NotificationIds.plus(first, i), ANNA, Message.of("n" + i), NOW))
                .toList();
    }

    private List<Notification> stored(int count) {
        List<Notification> stored = fresh(count);
        store.store(stored);
        return stored;
    }

    private static List<String> idsOf(List<Notification> notifications) {
        return notifications.stream().map(Notification::id).toList();
    }

    private static OutboxEntry<OwedMail> entry(String id) {
        return OutboxEntry.owed(id, OwedMails.owed("a", OwedMails.MAIL, OwedMails.ALWAYS, ANNA), NOW, NOW);
    }
}
