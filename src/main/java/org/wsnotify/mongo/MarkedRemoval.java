package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static org.wsnotify.mongo.NotificationDocument.DELETE;
import static org.wsnotify.mongo.NotificationDocument.DELETED;
import static org.wsnotify.mongo.NotificationDocument.DELETION;
import static org.wsnotify.mongo.NotificationDocument.ID;
import static org.wsnotify.mongo.NotificationDocument.REMOVED_BY;
import static org.wsnotify.mongo.NotificationDocument.UPDATED;
import static org.wsnotify.mongo.NotificationDocument.USER;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;

/**
 * Takes notifications out of inboxes, of any users, with a mark that tells which call took out which. Safe for use by
 * many threads.
 */
final class MarkedRemoval {

    private static final Bson BY_ID = new Document(ID, 1);

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;

    MarkedRemoval(MongoConnection connection) {
        this.collection = connection.collection(MongoNotificationStore.COLLECTION);
        this.retry = connection.retry();
    }

    /** Takes out those that are kept, and returns what this call took out. */
    List<NotificationKey> take(List<ObjectId> ids, RemovalReason reason, Instant when) {
        ObjectId call = mark(ids, reason, when);
        return ids.isEmpty() ? List.of() : takenBy(call, read(ids));
    }

    /** Takes out those that are kept, and returns the mark of this call. */
    ObjectId mark(List<ObjectId> ids, RemovalReason reason, Instant when) {
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
                    "taking notifications out of inboxes",
                    again -> collection.updateMany(kept, change, new UpdateOptions().hint(BY_ID)));
        }
        return call;
    }

    /** Reads what is stored of some notifications: the ids, the users, the marks and the reasons. */
    List<Document> read(List<ObjectId> ids) {
        return retry.call(
                "reading what was taken out of inboxes",
                again -> collection
                        .find(anyOf(ids))
                        .hint(BY_ID)
                        .projection(fields(include(ID, USER, DELETION, REMOVED_BY)))
                        .batchSize(ids.size())
                        .into(new ArrayList<>()));
    }

    static List<NotificationKey> takenBy(ObjectId call, List<Document> documents) {
        return documents.stream()
                .filter(document -> call.equals(document.get(DELETION)))
                .map(MarkedRemoval::key)
                .toList();
    }

    static NotificationKey key(Document document) {
        return new NotificationKey(document.getString(USER), NotificationDocument.id(document));
    }

    private static Document anyOf(List<ObjectId> ids) {
        return new Document(ID, new Document("$in", ids));
    }
}
