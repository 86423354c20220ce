package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static org.wsnotify.mongo.NotificationDocument.DELETE;
import static org.wsnotify.mongo.NotificationDocument.GROUP;
import static org.wsnotify.mongo.NotificationDocument.ID;
import static org.wsnotify.mongo.NotificationDocument.REMOVED_BY;
import static org.wsnotify.mongo.NotificationDocument.USER;

import com.mongodb.client.MongoCollection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.notification.UncertainRemovalException;
import org.wsnotify.retraction.RetractionStore;

/** Takes notifications out of inboxes in MongoDB, for their publisher. Safe for use by many threads. */
public final class MongoRetractionStore implements RetractionStore {

    private static final int USERS_AT_ONCE = 1000;

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;
    private final MarkedRemoval removal;

    public MongoRetractionStore(MongoConnection connection) {
        this.collection = connection.collection(MongoNotificationStore.COLLECTION);
        this.retry = connection.retry();
        this.removal = new MarkedRemoval(connection);
    }

    @Override
    public Retracted retract(Collection<String> ids, Instant when) {
        List<ObjectId> asked = ids.stream()
                .filter(NotificationIds::isId)
                .distinct()
                .map(ObjectId::new)
                .toList();
        ObjectId call = removal.mark(asked, RemovalReason.RETRACTED, when);
        List<Document> known = asked.isEmpty() ? List.of() : removal.read(asked);
        List<NotificationKey> retracted = known.stream()
                .filter(document -> RemovalReason.RETRACTED.name().equals(document.get(REMOVED_BY)))
                .map(MarkedRemoval::key)
                .toList();
        return new Retracted(
                retracted, known.size(), MarkedRemoval.takenBy(call, known).size());
    }

    @Override
    public List<NotificationKey> replace(Collection<String> users, String group, Instant when) {
        List<String> all = List.copyOf(Set.copyOf(users));
        List<NotificationKey> taken = new ArrayList<>();
        for (int from = 0; from < all.size(); from += USERS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + USERS_AT_ONCE));
            UncertainRemovalException.during(taken, () -> taken.addAll(replaceAtOnce(some, group, when)));
        }
        return taken;
    }

    private List<NotificationKey> replaceAtOnce(List<String> users, String group, Instant when) {
        List<Document> older = older(users, group);
        List<NotificationKey> keys = older.stream().map(MarkedRemoval::key).toList();
        List<ObjectId> ids =
                older.stream().map(document -> document.getObjectId(ID)).toList();
        return UncertainRemovalException.during(keys, () -> removal.take(ids, RemovalReason.REPLACED, when));
    }

    /** Returns the notifications of a group that users keep, without the newest one of each user. */
    private List<Document> older(List<String> users, String group) {
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
                .toList();
    }
}
