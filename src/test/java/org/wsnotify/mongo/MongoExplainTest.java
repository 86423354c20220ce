package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.delivery.Keys;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.delivery.ScheduledPublication.Place;
import org.wsnotify.inbox.TextBudget;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.presence.PresenceState;
import org.wsnotify.relay.RelayDocument;
import org.wsnotify.retention.AgePosition;
import org.wsnotify.retention.RetentionStore.Walked;
import org.wsnotify.retention.Types;
import org.wsnotify.story.PublicationPushes;
import org.wsnotify.story.PublicationPushes.Group;

/**
 * Every query that the stores send is flat and served by an index, in its order. It examines at most one document more
 * than it skips and finds; one that learns what a call deleted examines those that it asks for. It examines at most two
 * index keys more for each value that it asks for by name: the first one, and the one behind the last. The queries are
 * those really sent while every method is called, in collections full of documents that are not asked for.
 */
class MongoExplainTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final String ANNA = "anna";

    /** MongoDB does not remove what is dated so. */
    private static final Instant LATER = Instant.parse("2126-03-04T05:06:07.089Z");

    private static final PresenceState GONE = new PresenceState.Gone();

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoExplainTest::open);

    private static MongoClient explaining;
    private static ExplainedCommands commands;

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());

    private static MongoTestDatabase open() {
        explaining = MongoClients.create(new ConnectionString(MongoTestDatabase.serverUri()));
        String name = MongoTestDatabase.newName();
        commands = new ExplainedCommands(explaining.getDatabase(name));
        return MongoTestDatabase.aloneOnServer(name, settings -> settings.addCommandListener(commands));
    }

    @AfterAll
    static void close() {
        if (explaining != null) {
            explaining.close();
        }
    }

    @Test
    void everyQueryOfNotificationsIsServedByAnIndex() {
        MongoNotificationStore store = new MongoNotificationStore(DATABASE.connection());
        List<String> others = new ArrayList<>();
        for (int user = 0; user < 40; user++) {
            others.add(stored(store, "other" + user, 100).get(3));
        }
        List<String> seen = stored(store, ANNA, 40);
        List<String> deleted = stored(store, ANNA, 40);
        List<String> unseen = stored(store, ANNA, 40);
        store.markSeen(ANNA, seen, NOW);
        store.delete(ANNA, deleted, NOW);
        for (int user = 0; user < 40; user++) {
            store.delete("other" + user, List.of(others.get(user)), NOW);
        }
        commands.all().clear();

        store.unseen(ANNA, 10, Long.MAX_VALUE);
        store.page(ANNA, 30, 30);
        store.page(ANNA, 1000, 30);
        assertThat(store.newest(ANNA, Optional.empty(), new TextBudget(30, 10)).items())
                .hasSize(10);
        assertThat(store.newest(ANNA, Optional.of(unseen.get(20)), TextBudget.ofNotifications(30))
                        .items())
                .hasSize(30);
        assertThat(store.newestUnseen(ANNA, Optional.empty(), TextBudget.ofNotifications(30))
                        .items())
                .hasSize(30);
        assertThat(store.newestUnseen(ANNA, Optional.of(unseen.get(20)), TextBudget.ofNotifications(30))
                        .items())
                .hasSize(20);
        store.readUnseen(ANNA, 20);
        store.readUnseen(ANNA, 1000);
        store.readUnseenOfAll(Set.of(ANNA, "nobody"), 1000);
        List<String> mixed = Stream.of(seen, deleted, unseen.subList(0, 5), others)
                .flatMap(List::stream)
                .toList();
        assertThat(store.markSeen(ANNA, mixed, NOW)).hasSize(45);
        assertThat(store.delete(ANNA, mixed.subList(30, mixed.size()), NOW)).hasSize(15);
        store.markAllSeen(ANNA, Optional.empty(), NOW);
        store.markAllSeen(ANNA, Optional.empty(), NOW);
        assertThat(store.find(unseen.subList(5, unseen.size()).stream()
                        .map(id -> new NotificationKey(ANNA, id))
                        .toList()))
                .hasSize(35);
        List<String> users =
                IntStream.range(0, 40).mapToObj(user -> "other" + user).toList();
        String latest = stored(store, "other7", 2).get(0);
        assertThat(store.recentUnseen(users, latest)).hasSize(2);

        assertServedByAnIndex(20);
    }

    @Test
    void everyQueryOfTheLifeOfNotificationsIsServedByAnIndex() {
        MongoConnection connection = DATABASE.connection();
        MongoNotificationStore store = new MongoNotificationStore(connection);
        MongoRetractionStore retractions = new MongoRetractionStore(connection);
        MongoRetentionStore retention = new MongoRetentionStore(connection);
        MongoStoryStore stories = new MongoStoryStore(connection);
        MongoUserDataStore data = new MongoUserDataStore(connection);
        connection.createIndexOfSeen();
        commands.all().clear();
        for (int user = 0; user < 20; user++) {
            stored(store, "other" + user, 50);
        }
        Message grouped = Message.of("n").withGroup("g");
        List<String> first = stored(store, ANNA, grouped, 10);
        List<String> ended = stored(store, ANNA, Message.of("n").expiringAt(NOW), 10);
        List<String> plain = stored(store, ANNA, 20);

        assertThat(retractions.replace(List.of(ANNA, "other1"), "g", NOW)).hasSize(9);
        assertThat(retractions.retract(plain.subList(0, 5), NOW).notifications())
                .hasSize(5);
        assertThat(new MongoNotificationFates(connection)
                        .of(
                                first.stream()
                                        .map(id -> new NotificationKey(ANNA, id))
                                        .toList(),
                                NOW))
                .hasSize(10);
        assertThat(retention.expire(NOW, 5).more()).isTrue();
        assertThat(retention.expire(NOW, 10).count()).isEqualTo(ended.size() - 5);
        Types noChat = new Types(Set.of(), Set.of("chat"));
        Walked<AgePosition> deleted = retention.removeDeleted(noChat, NOW.plusSeconds(1), Optional.empty(), 6);
        assertThat(deleted.swept().count()).isEqualTo(6);
        assertThat(retention
                        .removeDeleted(Types.ALL, NOW.plusSeconds(1), deleted.last(), 6)
                        .swept()
                        .count())
                .isEqualTo(6);
        store.markSeen(ANNA, plain.subList(5, 9), NOW);
        assertThat(retention
                        .removeSeen(Types.ALL, NOW.plusSeconds(1), Optional.empty(), 10)
                        .swept()
                        .count())
                .isEqualTo(4);
        assertThat(retention
                        .removeOld(Types.ALL, Instant.now().plusSeconds(60), Optional.empty(), 10)
                        .swept()
                        .count())
                .isEqualTo(10);
        NotificationKey key = new NotificationKey(ANNA, plain.get(10));
        for (int i = 0; i < 50; i++) {
            Group group = new Group(1, List.of(0));
            stories.pushed(List.of(new PublicationPushes(
                    i < 3 ? plain.get(10) : ids.reserve(1), "c0ffee01", LATER.minusSeconds(i), List.of(group))));
        }
        stories.present(List.of(key), NOW);
        assertThat(stories.find(plain.get(10))).isPresent();
        assertThat(data.notifications(ANNA, false, Optional.empty(), 5)).hasSize(5);
        assertThat(data.notifications(ANNA, true, Optional.of(first.get(0)), 5)).hasSize(5);
        assertThat(data.eraseNotifications(ANNA, 8)).isEqualTo(8);

        assertServedByAnIndex(21);
    }

    @Test
    void everyQueryOfTheScheduleIsServedByAnIndex() {
        MongoScheduleStore store = new MongoScheduleStore(DATABASE.connection());
        commands.all().clear();
        List<ScheduledPublication> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            PublicationId id = new PublicationId(ids.reserveAt(NOW, 1), 1);
            Place place = new Place(0, new Recipient("user" + i, ""));
            Instant at = i < 3 ? NOW : LATER;
            all.add(new ScheduledPublication(id, at, Message.of("n"), List.of(place), Optional.empty()));
        }
        store.add(all);

        ScheduleStore.Claimed claimed = store.claim(NOW, LEASE).orElseThrow();
        assertThat(store.renew(claimed, LATER)).isTrue();
        assertThat(store.complete(claimed, List.of())).isEmpty();
        ScheduleStore.Claimed other = store.claim(NOW, LEASE).orElseThrow();
        assertThat(store.withdraw(other.publication().id())).isEqualTo(1);
        List<PublicationId> withdrawn = store.complete(other, List.of());
        assertThat(withdrawn).hasSize(1);
        assertThat(store.complete(other, withdrawn)).isEmpty();
        assertThat(store.isTakingBack()).isFalse();
        assertThat(store.withdraw(all.get(50).id())).isEqualTo(1);
        assertThat(store.find(all.get(60).id().first())).isPresent();
        assertThat(store.of("user70", Optional.empty(), 10)).hasSize(1);
        assertThat(store.of("user70", Optional.of(all.get(0).id()), 10)).hasSize(1);

        assertServedByAnIndex(15);
    }

    @Test
    void everyQueryOfTheOutboxIsServedByAnIndex() {
        MongoOutbox outbox = new MongoOutbox(DATABASE.connection());
        outbox.owe(entries("done", 1000, NOW.minusSeconds(90_000), State.DONE));
        outbox.owe(entries("dead", 1000, NOW.minusSeconds(80_000), State.DEAD));
        outbox.owe(entries("later", 1000, NOW.plusSeconds(600), State.OWED));
        outbox.owe(entries("due", 20, NOW.minusSeconds(60), State.OWED));
        commands.all().clear();

        OutboxEntry<OwedMail> first = outbox.claim(NOW, LEASE).orElseThrow();
        OutboxEntry<OwedMail> renewed =
                outbox.renew(first, NOW.plusSeconds(300)).orElseThrow();
        outbox.settle(renewed, renewed.in(State.DONE, "250"));
        outbox.settle(first, first.in(State.DONE, "250"));
        outbox.status();
        OwedMail mail = OwedMails.owed("f1", OwedMails.MAIL, OwedMails.ALWAYS, "u");
        outbox.owe(List.of(OutboxEntry.owed("f1-1", mail, NOW.minusSeconds(60), NOW.minusSeconds(60))));
        DATABASE.connection()
                .collection(MongoOutbox.COLLECTION)
                .insertOne(OlderEntries.document("f1-c1", NOW.minusSeconds(60), true, "v"));
        assertThat(outbox.addresseesOf("f1")).containsOnlyKeys("f1-1", "f1-c1");
        OutboxEntry<OwedMail> second = Failpoint.unconfirmed(3, "findAndModify")
                .during(() -> outbox.claim(NOW, LEASE))
                .orElseThrow();
        assertThat(Failpoint.unconfirmed(3, "findAndModify").during(() -> outbox.renew(second, NOW.plusSeconds(400))))
                .isPresent();
        outbox.present(Map.of("f1", Set.of("u", "v")), NOW);
        outbox.forget(NOW.minusSeconds(85_000));
        outbox.forget(NOW.minusSeconds(85_000));
        while (outbox.claim(NOW, LEASE).isPresent()) {
            // Until a claim finds nothing.
        }

        assertServedByAnIndex(16);
    }

    @Test
    void everyQueryOfNodesIsServedByAnIndex() {
        MongoNodeStore nodes = new MongoNodeStore(DATABASE.connection());
        IntStream.range(0, 50).forEach(i -> nodes.register("000000%02x".formatted(i), i < 10 ? Duration.ZERO : LEASE));
        commands.all().clear();

        assertThat(nodes.register("00000001", LEASE)).isFalse();
        assertThat(nodes.register("ffffffff", LEASE)).isTrue();
        assertThat(nodes.renew("00000020", LEASE, Map.of("ffffffff", 7L))).isTrue();
        assertThat(nodes.removeExpired("00000002", Duration.ZERO)).isTrue();
        assertThat(nodes.removeExpired("00000003", LEASE)).isFalse();
        nodes.remove("00000021");
        assertThat(commands.all()).hasSizeGreaterThanOrEqualTo(8);
        assertServedByAnIndex(8);
        commands.all().clear();

        assertThat(nodes.nodes()).hasSize(49); // all that there is, so no index is needed

        assertThat(commands.all()).hasSize(1);
    }

    @Test
    void everyQueryOfPresenceIsServedByAnIndex() {
        MongoPresenceStore presence = new MongoPresenceStore(DATABASE.connection());
        PresenceState online = new PresenceState.Online(LATER);
        PresenceState broke = new PresenceState.Broke(LATER);
        Map<String, PresenceState> states = new HashMap<>();
        IntStream.range(0, 200).forEach(i -> states.put("user" + i, online));
        IntStream.range(0, 5).forEach(node -> presence.write("0000000" + node, states));
        commands.all().clear();

        presence.write("00000003", Map.of("user3", online, "user4", broke, "user5", GONE, "other", GONE));
        presence.write("00000003", Map.of("new", online));
        assertThat(presence.where(List.of("user3", "user4", "user5", "other"))).hasSize(3);
        assertThat(presence.nodes()).hasSize(5);
        presence.forget("00000003");
        presence.forget("00000009");

        assertServedByAnIndex(12);
    }

    @Test
    void everyQueryOfTheRelayLogIsServedByAnIndex() {
        MongoRelayLog log = new MongoRelayLog(DATABASE.connection(), Clock.systemUTC());
        for (String to : List.of("0000000a", "0000000b", "0000000c")) {
            for (String from : List.of("0000000a", "0000000b", "0000000c")) {
                log.append(LongStream.rangeClosed(1, 100)
                        .mapToObj(number -> new RelayDocument(to, from, number, false, List.of()))
                        .toList());
            }
        }
        commands.all().clear();

        assertThat(log.read("0000000b", "0000000b", 0, 1000)).hasSize(100);
        assertThat(log.read("0000000b", "0000000b", 40, 10)).hasSize(10);
        assertThat(log.read("0000000b", "0000000b", 100, 1000)).isEmpty();
        assertThat(log.read("0000000b", "0000000d", 0, 1000)).isEmpty();

        assertServedByAnIndex(4);
    }

    @Test
    void everyQueryOfIdempotencyKeysIsServedByAnIndex() {
        MongoIdempotencyStore keys = new MongoIdempotencyStore(DATABASE.connection());
        IntStream.range(0, 500).forEach(i -> Keys.claim(keys, "old" + i, "p", "f", NOW.minusSeconds(900), LEASE));
        IntStream.range(0, 500).forEach(i -> Keys.claim(keys, "new" + i, "p", "f", NOW, LEASE));
        commands.all().clear();

        Keys.claim(keys, "new7", "p", "g", NOW, LEASE);
        Keys.claim(keys, "new7", "q", "g", NOW, LEASE);
        Keys.claim(keys, "old7", "p", "g", NOW, LEASE);
        keys.renew("old7", NOW.plusSeconds(300));
        keys.release(List.of("new7"));
        Keys.claim(keys, "new7", "p", "g", NOW, LEASE);
        Keys.complete(keys, "new7", "answer");
        Keys.complete(keys, "new7", "answer");
        Keys.claim(keys, "new7", "p", "g", NOW, LEASE);
        keys.forget(NOW.minusSeconds(600));
        keys.forget(NOW.minusSeconds(600));

        assertServedByAnIndex(13);
    }

    private static boolean isIndexed(String stage) {
        return List.of("IXSCAN", "IDHACK", "COUNT_SCAN").contains(stage) || stage.startsWith("EXPRESS_");
    }

    private void assertServedByAnIndex(int atLeast) {
        SoftAssertions all = new SoftAssertions();
        all.assertThat(commands.all()).hasSizeGreaterThanOrEqualTo(atLeast);
        for (ExplainedCommand explained : commands.all()) {
            String text = explained.command().toJson();
            String what = text.substring(0, Math.min(300, text.length())) + " " + explained.stages();
            all.assertThat(explained.stages())
                    .as(what)
                    .anyMatch(MongoExplainTest::isIndexed)
                    .noneMatch(stage -> stage.startsWith("COLLSCAN"))
                    .noneMatch(stage -> stage.startsWith("SORT") && !stage.equals("SORT_MERGE"));
            all.assertThat(text).as("not flat").doesNotContain("$and");
            all.assertThat(explained.examined())
                    .as("documents examined by " + what)
                    .isLessThanOrEqualTo(explained.skipped() + explained.found() + ofOtherDeletions(explained) + 1);
            all.assertThat(explained.keysExamined())
                    .as("keys examined by " + what)
                    .isLessThanOrEqualTo(explained.skipped() + explained.found() + 2 * explained.asked() + 1);
        }
        all.assertAll();
    }

    /** No index has the deletion: which one it was stands in the document. */
    private static long ofOtherDeletions(ExplainedCommand explained) {
        boolean asksForOne = explained.command().containsKey("filter")
                && explained.command().getDocument("filter").containsKey(NotificationDocument.DELETION);
        return asksForOne ? explained.asked() : 0;
    }

    private List<String> stored(MongoNotificationStore store, String user, int count) {
        return stored(store, user, Message.of("n"), count);
    }

    private List<String> stored(MongoNotificationStore store, String user, Message message, int count) {
        String first = ids.reserve(count);
        List<Notification> all = IntStream.range(0, count)
                .mapToObj(i -> Notification.unseen(NotificationIds.plus(first, i), user, message, NOW))
                .toList();
        store.store(all);
        return all.stream().map(Notification::id).toList();
    }

    private static List<OutboxEntry<OwedMail>> entries(String prefix, int count, Instant due, State state) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        OwedMails.entry(prefix + i, due.minusSeconds(i), "u").in(state, ""))
                .toList();
    }
}
