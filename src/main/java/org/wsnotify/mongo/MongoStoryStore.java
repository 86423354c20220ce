package org.wsnotify.mongo;

import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.set;
import static org.wsnotify.mongo.NotificationDocument.DELETE;
import static org.wsnotify.mongo.NotificationDocument.DELETED;
import static org.wsnotify.mongo.NotificationDocument.ID;
import static org.wsnotify.mongo.NotificationDocument.PRESENT_AT;
import static org.wsnotify.mongo.NotificationDocument.PUSHES;
import static org.wsnotify.mongo.NotificationDocument.REMOVED_BY;
import static org.wsnotify.mongo.NotificationDocument.SEEN_AT;
import static org.wsnotify.mongo.NotificationDocument.UPDATED;
import static org.wsnotify.mongo.NotificationDocument.USER;
import static org.wsnotify.mongo.NotificationDocument.optionalTime;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.story.Push;
import org.wsnotify.story.StoredStory;
import org.wsnotify.story.StoryStore;

/** The stories of notifications, in their documents. Safe for use by many threads. */
public final class MongoStoryStore implements StoryStore {

    private static final String NODE = "node";
    private static final String SESSIONS = "sessions";
    private static final String AT = "at";
    private static final UpdateOptions BY_ID = new UpdateOptions().hint(new Document(ID, 1));
    private static final PushOptions LATEST = new PushOptions().slice(-MOST_PUSHES);

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;

    public MongoStoryStore(MongoConnection connection) {
        this.collection = connection.collection(MongoNotificationStore.COLLECTION);
        this.retry = connection.retry();
    }

    @Override
    public void pushed(Collection<NotificationKey> notifications, Push push) {
        Document written = new Document(NODE, push.node())
                .append(SESSIONS, push.sessions())
                .append(AT, push.at());
        update(notifications, pushEach(PUSHES, List.of(written), LATEST));
    }

    @Override
    public void present(Collection<NotificationKey> notifications, Instant at) {
        update(notifications, set(PRESENT_AT, at));
    }

    private void update(Collection<NotificationKey> notifications, Bson change) {
        if (notifications.isEmpty()) {
            return;
        }
        List<String> users =
                notifications.stream().map(NotificationKey::userId).distinct().toList();
        List<ObjectId> ids =
                notifications.stream().map(key -> new ObjectId(key.id())).toList();
        Document which = new Document(USER, new Document("$in", users)).append(ID, new Document("$in", ids));
        retry.call("recording decisions", again -> collection.updateMany(which, change, BY_ID));
    }

    @Override
    public Optional<StoredStory> find(String id) {
        if (!NotificationIds.isId(id)) {
            return Optional.empty();
        }
        Document which = new Document(ID, new ObjectId(id));
        return retry.call(
                        "reading a story",
                        again -> Optional.ofNullable(collection.find(which).first()))
                .map(MongoStoryStore::read);
    }

    static StoredStory read(Document document) {
        return new StoredStory(
                NotificationDocument.read(document),
                optionalTime(document, SEEN_AT),
                Boolean.TRUE.equals(document.get(DELETE)) ? Optional.of(removal(document)) : Optional.empty(),
                document.getList(PUSHES, Document.class, List.of()).stream()
                        .map(push -> new Push(
                                push.getString(NODE),
                                push.getInteger(SESSIONS),
                                push.getDate(AT).toInstant()))
                        .toList(),
                optionalTime(document, PRESENT_AT));
    }

    private static StoredStory.Removal removal(Document document) {
        Object reason = document.get(REMOVED_BY);
        Instant at = optionalTime(document, DELETED)
                .or(() -> optionalTime(document, UPDATED))
                .orElse(document.getObjectId(ID).getDate().toInstant());
        return new StoredStory.Removal(
                at, reason == null ? RemovalReason.DELETED : RemovalReason.valueOf(reason.toString()));
    }
}
