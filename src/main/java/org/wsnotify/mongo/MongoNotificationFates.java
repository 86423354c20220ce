package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static org.wsnotify.mongo.NotificationDocument.DELETE;
import static org.wsnotify.mongo.NotificationDocument.EXPIRES;
import static org.wsnotify.mongo.NotificationDocument.ID;
import static org.wsnotify.mongo.NotificationDocument.REMOVED_BY;
import static org.wsnotify.mongo.NotificationDocument.SEEN;
import static org.wsnotify.mongo.NotificationDocument.USER;
import static org.wsnotify.mongo.NotificationDocument.optionalTime;

import com.mongodb.client.MongoCollection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.outbox.NotificationFates;

/** Reads in MongoDB what became of notifications. Safe for use by many threads. */
public final class MongoNotificationFates implements NotificationFates {

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;

    public MongoNotificationFates(MongoConnection connection) {
        this.collection = connection.collection(MongoNotificationStore.COLLECTION);
        this.retry = connection.retry();
    }

    @Override
    public Map<String, Fate> of(Collection<NotificationKey> notifications, Instant now) {
        List<NotificationKey> asked = notifications.stream()
                .filter(key -> NotificationIds.isId(key.id()))
                .toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        Document which = new Document(
                        USER,
                        new Document(
                                "$in",
                                asked.stream()
                                        .map(NotificationKey::userId)
                                        .distinct()
                                        .toList()))
                .append(
                        ID,
                        new Document(
                                "$in",
                                asked.stream()
                                        .map(key -> new ObjectId(key.id()))
                                        .toList()));
        return retry.call("reading what became of notifications", again -> {
            Map<String, Fate> fates = new HashMap<>();
            collection
                    .find(which)
                    .hint(new Document(ID, 1))
                    .projection(fields(include(ID, SEEN, DELETE, REMOVED_BY, EXPIRES)))
                    .batchSize(asked.size())
                    .forEach(document -> fates.put(document.getObjectId(ID).toHexString(), fate(document, now)));
            return fates;
        });
    }

    private static Fate fate(Document document, Instant now) {
        if (!Boolean.TRUE.equals(document.get(DELETE))) {
            if (optionalTime(document, EXPIRES).filter(end -> !end.isAfter(now)).isPresent()) {
                return Fate.RETRACTED;
            }
            return Boolean.TRUE.equals(document.get(SEEN)) ? Fate.SEEN : Fate.UNSEEN;
        }
        Object reason = document.get(REMOVED_BY);
        return reason == null || reason.equals(RemovalReason.DELETED.name()) ? Fate.DELETED : Fate.RETRACTED;
    }
}
