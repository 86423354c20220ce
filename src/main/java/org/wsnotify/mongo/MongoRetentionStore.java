package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static org.wsnotify.mongo.NotificationDocument.DELETE;
import static org.wsnotify.mongo.NotificationDocument.DELETED;
import static org.wsnotify.mongo.NotificationDocument.EXPIRES;
import static org.wsnotify.mongo.NotificationDocument.ID;
import static org.wsnotify.mongo.NotificationDocument.SEEN_AT;
import static org.wsnotify.mongo.NotificationDocument.TYPE;
import static org.wsnotify.mongo.NotificationDocument.USER;

import com.mongodb.client.MongoCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retention.Types;

/**
 * Applies the rules of retention in MongoDB. Each step reads some ids from an index, and then changes these documents.
 * Safe for use by many threads.
 */
public final class MongoRetentionStore implements RetentionStore {

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;
    private final MarkedRemoval removal;

    public MongoRetentionStore(MongoConnection connection) {
        this.collection = connection.collection(MongoNotificationStore.COLLECTION);
        this.retry = connection.retry();
        this.removal = new MarkedRemoval(connection);
    }

    @Override
    public Swept expire(Instant now, int most) {
        Document ended = new Document(EXPIRES, new Document("$lt", now.plusMillis(1))).append(DELETE, false);
        List<Document> found = find(ended, EXPIRES, most);
        List<NotificationKey> taken = removal.take(ids(found), RemovalReason.EXPIRED, now);
        return new Swept(taken, taken.size(), found.size() == most);
    }

    @Override
    public Swept removeDeleted(Types types, Instant before, int most) {
        Document old = new Document(DELETED, new Document("$lt", before)).append(DELETE, true);
        return remove(find(of(types, old), DELETED, most), most);
    }

    @Override
    public Swept removeSeen(Types types, Instant before, int most) {
        Document old = new Document(SEEN_AT, new Document("$lt", before)).append(DELETE, false);
        return remove(find(of(types, old), SEEN_AT, most), most);
    }

    @Override
    public Walked removeOld(Types types, Instant before, Optional<String> after, int most) {
        Document range = new Document("$lt", new ObjectId(NotificationIds.firstAt(before)));
        after.ifPresent(last -> range.append("$gt", new ObjectId(last)));
        List<Document> found = find(new Document(ID, range), ID, most);
        List<Document> chosen = found.stream()
                .filter(document -> types.include(NotificationDocument.type(document)))
                .toList();
        Swept swept = remove(chosen, most);
        return new Walked(
                new Swept(swept.fromInboxes(), swept.count(), found.size() == most),
                found.isEmpty() ? Optional.empty() : Optional.of(NotificationDocument.id(found.get(found.size() - 1))));
    }

    private List<Document> find(Document which, String order, int most) {
        return retry.call(
                "reading old notifications",
                again -> collection
                        .find(which)
                        .sort(ascending(order))
                        .limit(most)
                        .batchSize(most)
                        .projection(fields(include(ID, USER, DELETE, TYPE)))
                        .into(new ArrayList<>()));
    }

    private Swept remove(List<Document> found, int most) {
        if (found.isEmpty()) {
            return new Swept(List.of(), 0, false);
        }
        Document these = new Document(ID, new Document("$in", ids(found)));
        retry.call("removing old notifications", again -> collection.deleteMany(these));
        List<NotificationKey> fromInboxes = found.stream()
                .filter(document -> !Boolean.TRUE.equals(document.get(DELETE)))
                .map(MarkedRemoval::key)
                .toList();
        return new Swept(fromInboxes, found.size(), found.size() == most);
    }

    private static Document of(Types types, Document which) {
        if (!types.only().isEmpty()) {
            which.append(TYPE, new Document("$in", List.copyOf(types.only())));
        } else if (!types.except().isEmpty()) {
            which.append(TYPE, new Document("$nin", List.copyOf(types.except())));
        }
        return which;
    }

    private static List<ObjectId> ids(List<Document> documents) {
        return documents.stream().map(document -> document.getObjectId(ID)).toList();
    }
}
