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
import org.wsnotify.notification.UncertainRemovalException;
import org.wsnotify.retention.AgePosition;
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
        List<NotificationKey> taken = UncertainRemovalException.during(
                inInboxes(found), () -> removal.take(ids(found), RemovalReason.EXPIRED, now));
        return new Swept(taken, taken.size(), found.size() == most);
    }

    @Override
    public Walked<AgePosition> removeDeleted(Types types, Instant before, Optional<AgePosition> after, int most) {
        return removeByAge(DELETED, new Document(DELETE, true), types, before, after, most);
    }

    @Override
    public Walked<AgePosition> removeSeen(Types types, Instant before, Optional<AgePosition> after, int most) {
        return removeByAge(SEEN_AT, new Document(DELETE, false), types, before, after, most);
    }

    private Walked<AgePosition> removeByAge(
            String time, Document which, Types types, Instant before, Optional<AgePosition> after, int most) {
        Document range = new Document("$lt", before);
        after.ifPresent(last -> range.append("$gte", last.at()));
        List<Document> found = find(of(types, which.append(time, range)), time, most);
        return new Walked<>(
                remove(found, found.size() == most),
                last(found)
                        .map(document -> new AgePosition(
                                NotificationDocument.optionalTime(document, time)
                                        .orElseThrow(),
                                NotificationDocument.id(document))));
    }

    @Override
    public Walked<String> removeOld(Types types, Instant before, Optional<String> after, int most) {
        Document range = new Document("$lt", new ObjectId(NotificationIds.firstAt(before)));
        after.ifPresent(last -> range.append("$gt", new ObjectId(last)));
        List<Document> found = find(new Document(ID, range), ID, most);
        List<Document> chosen = found.stream()
                .filter(document -> types.include(NotificationDocument.type(document)))
                .toList();
        return new Walked<>(remove(chosen, found.size() == most), last(found).map(NotificationDocument::id));
    }

    private static Optional<Document> last(List<Document> found) {
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
    }

    private List<Document> find(Document which, String order, int most) {
        return retry.call(
                "reading old notifications",
                again -> collection
                        .find(which)
                        .sort(ascending(order))
                        .limit(most)
                        .batchSize(most)
                        .projection(fields(include(ID, USER, DELETE, TYPE, order)))
                        .into(new ArrayList<>()));
    }

    private Swept remove(List<Document> found, boolean more) {
        if (!found.isEmpty()) {
            Document these = new Document(ID, new Document("$in", ids(found)));
            UncertainRemovalException.during(
                    inInboxes(found),
                    () -> retry.call("removing old notifications", again -> collection.deleteMany(these)));
        }
        return new Swept(inInboxes(found), found.size(), more);
    }

    private static List<NotificationKey> inInboxes(List<Document> found) {
        return found.stream()
                .filter(document -> !Boolean.TRUE.equals(document.get(DELETE)))
                .map(MarkedRemoval::key)
                .toList();
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
