package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;

/** What docs/operations.md tells an operator who removes old notifications: the beginning of an id is its time. */
class MongoRetentionTest {

    private static final Instant OLD = Instant.parse("2025-12-31T23:59:59.999Z");
    private static final Instant NEW = Instant.parse("2026-01-01T00:00:00Z");

    /** As the documented line makes it of 2026-01-01T00:00:00Z. */
    private static final String BEFORE = "{_id: {$lt: ObjectId('6955b9000000000000000000')}}";

    private static final String DELETED_BEFORE = "{_id: {$lt: ObjectId('6955b9000000000000000000')}, delete: true}";

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    private MongoNotificationStore store;
    private List<String> old;
    private List<String> recent;

    @BeforeEach
    void store() {
        store = new MongoNotificationStore(DATABASE.connection());
        old = stored(OLD, 10);
        recent = stored(NEW, 500);
    }

    @Test
    void oldNotificationsAreRemovedByTheIndexOfIds() {
        ExplainedCommand explained = explained(BEFORE);
        assertThat(explained.stages()).contains("IXSCAN").noneMatch(stage -> stage.startsWith("COLLSCAN"));
        assertThat(explained.examined()).isLessThanOrEqualTo(11);

        remove(BEFORE);

        assertThat(store.unseen("anna", 1_000, Long.MAX_VALUE))
                .extracting(Notification::id)
                .containsExactlyElementsOf(recent);
        assertThat(store.readUnseen("anna", 1_000).counts().total()).isEqualTo(500);
    }

    @Test
    void deletedNotificationsCanBeRemovedAlone() {
        store.delete("anna", List.of(old.get(3), recent.get(3)), NEW);
        assertThat(explained(DELETED_BEFORE).examined()).isLessThanOrEqualTo(11);

        remove(DELETED_BEFORE);

        assertThat(store.unseen("anna", 1_000, Long.MAX_VALUE)).hasSize(508);
        assertThat(DATABASE.database()
                        .getCollection(MongoNotificationStore.COLLECTION)
                        .countDocuments())
                .isEqualTo(509);
    }

    private static void remove(String which) {
        DATABASE.database().getCollection(MongoNotificationStore.COLLECTION).deleteMany(Document.parse(which));
    }

    private static ExplainedCommand explained(String which) {
        BsonDocument command = BsonDocument.parse(
                "{delete: '" + MongoNotificationStore.COLLECTION + "', deletes: [{q: " + which + ", limit: 0}]}");
        return new ExplainedCommand(
                command,
                DATABASE.database()
                        .runCommand(new BsonDocument("explain", command)
                                .append("verbosity", new BsonString("executionStats"))));
    }

    private List<String> stored(Instant when, int count) {
        NotificationIds ids = new NotificationIds(Clock.fixed(when, ZoneOffset.UTC));
        String first = ids.reserve(count);
        store.store(IntStream.range(0, count)
                .mapToObj(i -> Notification.unseen(NotificationIds.plus(first, i), "anna", Message.of("n"), when))
                .toList());
        return IntStream.range(0, count)
                .mapToObj(i -> NotificationIds.plus(first, i))
                .toList();
    }
}
