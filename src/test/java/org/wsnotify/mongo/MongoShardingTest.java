package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.TextBudget;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationKey;

/**
 * Every command on {@value MongoNotificationStore#COLLECTION} names the user, so that the collection can be sharded by
 * it: no command goes to all shards.
 */
class MongoShardingTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final String FIRST = "69a7be3f16400000deadbeef";
    private static final String SECOND = "69a7be3f16400001deadbeef";

    /** Where the commands that a store may send have their filters or documents. */
    private static final Map<String, String> PARTS = Map.of(
            "insert", "documents",
            "update", "updates",
            "delete", "deletes",
            "find", "filter",
            "count", "query",
            "distinct", "query",
            "findAndModify", "query");

    private final List<BsonDocument> commands = new CopyOnWriteArrayList<>();
    private final Set<String> called = new ConcurrentSkipListSet<>();

    @Test
    void everyCommandOnNotificationsNamesTheUser() {
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                BsonDocument command = BsonDocument.parse(event.getCommand().toJson());
                BsonValue collection = command.get(event.getCommandName());
                if (collection.isString()
                        && collection.asString().getValue().equals(MongoNotificationStore.COLLECTION)
                        && !event.getCommandName().equals("createIndexes")) {
                    commands.add(command);
                }
            }
        };
        try (MongoTestDatabase database = MongoTestDatabase.inProcess("", listener)) {
            NotificationStore store = recorded(new MongoNotificationStore(database.connection()));
            store.store(Stream.of(FIRST, SECOND)
                    .map(id -> Notification.unseen(id, "anna", Message.of("n"), NOW))
                    .toList());
            store.unseen("anna", 10, Long.MAX_VALUE);
            store.page("anna", 0, 10);
            store.newest("anna", Optional.of(SECOND), TextBudget.ofNotifications(10));
            store.newestUnseen("anna", Optional.of(SECOND), TextBudget.ofNotifications(10));
            store.find(List.of(new NotificationKey("anna", FIRST)));
            store.recentUnseen(List.of("anna", "ben"), FIRST);
            store.readUnseen("anna", 10);
            store.readUnseenOfAll(Set.of("anna", "ben"), 10);
            store.markSeen("anna", List.of(FIRST), NOW);
            store.markAllSeen("anna", Optional.empty(), NOW);
            store.delete("anna", List.of(SECOND), NOW);
        }

        assertThat(called)
                .containsExactlyInAnyOrderElementsOf(Stream.of(NotificationStore.class.getMethods())
                        .map(Method::getName)
                        .toList());
        assertThat(commands).hasSizeGreaterThanOrEqualTo(called.size());
        SoftAssertions all = new SoftAssertions();
        for (BsonDocument command : commands) {
            assertThat(PARTS).containsKey(command.getFirstKey());
            filters(command.get(PARTS.get(command.getFirstKey())))
                    .forEach(filter ->
                            all.assertThat(filter.keySet()).as(command.toJson()).contains(NotificationDocument.USER));
        }
        all.assertAll();
    }

    /** The filters of a command; for an insert the documents, which contain the user too. */
    private static Stream<BsonDocument> filters(BsonValue part) {
        return part.isArray()
                ? part.asArray().stream()
                        .map(BsonValue::asDocument)
                        .map(statement -> statement.containsKey("q") ? statement.getDocument("q") : statement)
                : Stream.of(part.asDocument());
    }

    private NotificationStore recorded(NotificationStore store) {
        return (NotificationStore) Proxy.newProxyInstance(
                NotificationStore.class.getClassLoader(),
                new Class<?>[] {NotificationStore.class},
                (proxy, method, arguments) -> {
                    called.add(method.getName());
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
