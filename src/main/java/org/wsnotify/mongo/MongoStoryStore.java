package org.wsnotify.mongo;

import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.set;
import static org.wsnotify.mongo.NotificationDocument.DELETE;
import static org.wsnotify.mongo.NotificationDocument.DELETED;
import static org.wsnotify.mongo.NotificationDocument.ID;
import static org.wsnotify.mongo.NotificationDocument.PRESENT_AT;
import static org.wsnotify.mongo.NotificationDocument.PUBLICATION;
import static org.wsnotify.mongo.NotificationDocument.REMOVED_BY;
import static org.wsnotify.mongo.NotificationDocument.SEEN_AT;
import static org.wsnotify.mongo.NotificationDocument.UPDATED;
import static org.wsnotify.mongo.NotificationDocument.USER;
import static org.wsnotify.mongo.NotificationDocument.optionalTime;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.story.PublicationPushes;
import org.wsnotify.story.Push;
import org.wsnotify.story.StoredStory;
import org.wsnotify.story.StoryStore;

/**
 * The stories of notifications, in their documents, and pushes in the collection {@value #PUSHES}. Safe for use by many threads.
 */
public final class MongoStoryStore implements StoryStore {

    static final String PUSHES = "ws_push";

    private static final UpdateOptions BY_ID = new UpdateOptions().hint(new Document(ID, 1));
    private static final int MOST_RECORDS = 100;

    /** So many are named in one command, which must not become too long. */
    private static final int AT_ONCE = 1000;

    private final MongoCollection<Document> collection;
    private final MongoCollection<Document> pushes;
    private final MongoRetry retry;
    private final RepeatableInsert<Document> inserts;

    public MongoStoryStore(MongoConnection connection) {
        this.collection = connection.collection(MongoNotificationStore.COLLECTION);
        this.pushes = connection.collection(PUSHES);
        this.retry = connection.retry();
        this.inserts = new RepeatableInsert<>(pushes, retry);
    }

    @Override
    public void pushed(List<PublicationPushes> some) {
        inserts.insert("recording pushes", some.stream().map(PushDocument::of).toList());
    }

    @Override
    public void present(Collection<NotificationKey> notifications, Instant at) {
        List<NotificationKey> all = List.copyOf(notifications);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            update(all.subList(from, Math.min(from + AT_ONCE, all.size())), set(PRESENT_AT, at));
        }
    }

    private void update(List<NotificationKey> notifications, Bson change) {
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
                .map(document -> read(document, pushesOf(document)));
    }

    /** Returns the latest pushes of a notification, oldest first. */
    private List<Push> pushesOf(Document document) {
        ObjectId id = document.getObjectId(ID);
        ObjectId publication =
                document.get(PUBLICATION) instanceof ObjectId known ? known : id; // an earlier version stored it
        int place = (int) NotificationIds.places(publication.toHexString(), id.toHexString());
        Document which = new Document(PushDocument.PUBLICATION, publication);
        List<Push> latest = retry
                .call(
                        "reading pushes",
                        again -> pushes.find(which)
                                .sort(descending(PushDocument.AT))
                                .limit(MOST_RECORDS)
                                .map(PushDocument::read)
                                .into(new ArrayList<>()))
                .stream()
                .flatMap(record -> record.of(place).stream())
                .limit(MOST_PUSHES)
                .collect(Collectors.toList());
        Collections.reverse(latest);
        return latest;
    }

    /** MongoDB removes them by itself after their time. */
    @Override
    public void forgetPushes(Instant before) {
        Document old = new Document(PushDocument.AT, new Document("$lt", before));
        retry.call("forgetting pushes", again -> pushes.deleteMany(old));
    }

    /** Reads a story without its pushes. */
    static StoredStory read(Document document) {
        return read(document, List.of());
    }

    private static StoredStory read(Document document, List<Push> pushes) {
        return new StoredStory(
                NotificationDocument.read(document),
                optionalTime(document, SEEN_AT),
                Boolean.TRUE.equals(document.get(DELETE)) ? Optional.of(removal(document)) : Optional.empty(),
                pushes,
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
