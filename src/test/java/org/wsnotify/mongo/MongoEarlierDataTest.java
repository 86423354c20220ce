package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;

/** The documents of the earlier server are read, changed and counted; and ours have its fields. */
class MongoEarlierDataTest {

    private static final Instant CREATED = Instant.parse("2019-03-04T05:06:07.089Z");
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final String ID = "5c7cb1bf0000000000000001";

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    private MongoNotificationStore store;

    @BeforeEach
    void empty() {
        store = new MongoNotificationStore(DATABASE.connection());
    }

    @Test
    void aCompleteDocumentIsReadUnchanged() {
        insert(document()
                .append("type", "chat")
                .append("title", "T")
                .append("content", "C")
                .append("url", "u")
                .append("icon", "i")
                .append("image", "j")
                .append("createdAt", CREATED)
                .append("updatedAt", NOW)
                .append("deletedAt", null));

        assertThat(store.unseen("3", 10, Long.MAX_VALUE))
                .containsExactly(
                        new Notification(ID, "3", new Message("chat", "T", "C", "u", "i", "j"), false, CREATED, NOW));
    }

    @Test
    void missingFieldsAndOtherTypesAreReadLeniently() {
        insert(document().append("content", 5).append("title", null).append("createdAt", "yesterday"));

        Instant ofId = Instant.ofEpochSecond(0x5c7cb1bfL);
        assertThat(store.page("3", 0, 10))
                .containsExactly(new Notification(ID, "3", Message.of("5"), false, ofId, ofId));
        assertThat(store.readUnseen("3", 10).counts()).isEqualTo(new UnseenCounts(1, Map.of("", 1), false));
    }

    @Test
    void actionsOfAnotherKindAreReadLeniently() {
        insert(document()
                .append("content", "c")
                .append(
                        "actions",
                        List.of(
                                "none",
                                new Document("label", "Yes").append("url", 7).append("other", true))));

        assertThat(store.page("3", 0, 10))
                .extracting(Notification::message)
                .containsExactly(new Message("", "", "c", "", "", "", List.of(new Action("Yes", "7"))));
        assertThat(store.markSeen("3", List.of(ID), NOW)).containsExactly(ID);

        notifications().updateOne(new Document(), new Document("$set", new Document("actions", "no list")));
        assertThat(store.page("3", 0, 10)).extracting(Notification::message).containsExactly(Message.of("c"));
    }

    @Test
    void earlierNotificationsAreMarkedSeenAndDeleted() {
        insert(document());

        assertThat(store.markSeen("3", List.of(ID), NOW)).containsExactly(ID);
        assertThat(store.delete("3", List.of(ID), NOW)).containsExactly(ID);

        Document changed = notifications().find().first();
        assertThat(changed).isNotNull();
        assertThat(changed.getBoolean("seen")).isTrue();
        assertThat(changed.getBoolean("delete")).isTrue();
        assertThat(changed.getDate("deletedAt").toInstant()).isEqualTo(NOW);
        assertThat(changed.getDate("updatedAt").toInstant()).isEqualTo(NOW);
    }

    @Test
    void notificationsWithoutSeenAreErasedWithTheirUser() {
        Document damaged = document();
        damaged.remove("seen");
        insert(damaged);

        assertThat(new MongoUserDataStore(DATABASE.connection()).eraseNotifications("3", 10))
                .isEqualTo(1);

        assertThat(notifications().countDocuments()).isZero();
    }

    @Test
    void ourDocumentsHaveTheFieldsOfTheEarlierServer() {
        store.store(List.of(Notification.unseen(ID, "3", Message.of("C"), NOW)));

        Document stored = notifications().find().first();
        assertThat(stored).isNotNull();
        assertThat(stored.keySet())
                .containsExactlyInAnyOrder(
                        "_id",
                        "_userId",
                        "type",
                        "title",
                        "content",
                        "url",
                        "icon",
                        "image",
                        "seen",
                        "delete",
                        "createdAt",
                        "updatedAt",
                        "deletedAt");
        assertThat(stored.getObjectId("_id")).isEqualTo(new ObjectId(ID));
        assertThat(stored.getDate("createdAt").toInstant()).isEqualTo(NOW);
    }

    private static Document document() {
        return new Document("_id", new ObjectId(ID))
                .append("_userId", "3")
                .append("seen", false)
                .append("delete", false);
    }

    private static void insert(Document document) {
        notifications().insertOne(document);
    }

    private static MongoCollection<Document> notifications() {
        return DATABASE.connection().collection(MongoNotificationStore.COLLECTION);
    }
}
