package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static org.wsnotify.mongo.NotificationDocument.DELETE;
import static org.wsnotify.mongo.NotificationDocument.DELETED;
import static org.wsnotify.mongo.NotificationDocument.DELETION;
import static org.wsnotify.mongo.NotificationDocument.GROUP;
import static org.wsnotify.mongo.NotificationDocument.ID;
import static org.wsnotify.mongo.NotificationDocument.REMOVED_BY;
import static org.wsnotify.mongo.NotificationDocument.UPDATED;
import static org.wsnotify.mongo.NotificationDocument.USER;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.retraction.RetractionStore;

/** Takes notifications out of inboxes in MongoDB. Each call is known by a mark. Safe for use by many threads. */
public final class MongoRetractionStore implements RetractionStore {

    private static final Bson BY_ID = new Document(ID, 1);
    private static final int USERS_AT_ONCE = 1000;

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;

    public MongoRetractionStore(MongoConnection connection) {
        this.collection = connection.collection(MongoNotificationStore.COLLECTION);
        this.retry = connection.retry();
    }

    @Override
    public Retracted retract(Collection<String> ids, Instant when) {
        List<ObjectId> asked = ids.stream()
                .filter(NotificationIds::isId)
                .distinct()
                .map(ObjectId::new)
                .toList();
        ObjectId call = take(asked, RemovalReason.RETRACTED, when);
        List<NotificationKey> taken = new ArrayList<>();
        List<Document> known = asked.isEmpty() ? List.of() : read(asked);
        known.stream()
                .filter(document -> call.equals(document.get(DELETION)))
                .forEach(document -> taken.add(key(document)));
        return new Retracted(taken, known.size());
    }

    @Override
    public List<NotificationKey> replace(Collection<String> users, String group, Instant when) {
        List<String> all = List.copyOf(Set.copyOf(users));
        List<NotificationKey> taken = new ArrayList<>();
        for (int from = 0; from < all.size(); from += USERS_AT_ONCE) {
            List<ObjectId> older = older(all.subList(from, Math.min(all.size(), from + USERS_AT_ONCE)), group);
            if (!older.isEmpty()) {
                ObjectId call = take(older, RemovalReason.REPLACED, when);
                read(older).stream()
                        .filter(document -> call.equals(document.get(DELETION)))
                        .forEach(document -> taken.add(key(document)));
            }
        }
        return taken;
    }

    /** Returns the notifications of a group that users keep, without the newest one of each user. */
    private List<ObjectId> older(List<String> users, String group) {
        Document kept = new Document(USER, new Document("$in", users))
                .append(GROUP, group)
                .append(DELETE, false);
        List<Document> found = retry.call(
                "reading a group",
                again -> collection
                        .find(kept)
                        .projection(fields(include(ID, USER)))
                        .into(new ArrayList<>()));
        Map<String, ObjectId> newest = new HashMap<>();
        found.forEach(document ->
                newest.merge(document.getString(USER), document.getObjectId(ID), (a, b) -> a.compareTo(b) > 0 ? a : b));
        return found.stream()
                .filter(document -> !newest.get(document.getString(USER)).equals(document.getObjectId(ID)))
                .map(document -> document.getObjectId(ID))
                .toList();
    }

    /** Takes out those that are kept, and returns the mark of this call. */
    private ObjectId take(List<ObjectId> ids, RemovalReason reason, Instant when) {
        ObjectId call = new ObjectId();
        if (!ids.isEmpty()) {
            Bson change = combine(
                    set(DELETE, true),
                    set(DELETED, when),
                    set(UPDATED, when),
                    set(DELETION, call),
                    set(REMOVED_BY, reason.name()));
            Document kept = anyOf(ids).append(DELETE, false);
            retry.call(
                    "taking notifications back",
                    again -> collection.updateMany(kept, change, new UpdateOptions().hint(BY_ID)));
        }
        return call;
    }

    private List<Document> read(List<ObjectId> ids) {
        return retry.call(
                "reading what was taken back",
                again -> collection
                        .find(anyOf(ids))
                        .hint(BY_ID)
                        .projection(fields(include(ID, USER, DELETION)))
                        .batchSize(ids.size())
                        .into(new ArrayList<>()));
    }

    private static Document anyOf(List<ObjectId> ids) {
        return new Document(ID, new Document("$in", ids));
    }

    private static NotificationKey key(Document document) {
        return new NotificationKey(
                document.getString(USER), document.getObjectId(ID).toHexString());
    }
}
