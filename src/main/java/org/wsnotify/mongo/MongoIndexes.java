package org.wsnotify.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.wsnotify.story.StoryStore;

/**
 * Creates the indexes. Each query of the stores is answered by one of them, in its order.
 *
 * <p>They have MongoDB's default names, so that an index that an administrator created before is recognised.
 */
final class MongoIndexes {

    private static final int OPTIONS_CONFLICT = 85;

    /**
     * For what a user has not seen, by age, and for the whole inbox: MongoDB then merges the seen and the unseen. Contains
     * the type, so that counting reads no document.
     */
    private static final Bson INBOX = Indexes.ascending("_userId", "delete", "seen", "_id", "type");

    /** For what a newer notification of the same group replaces. */
    private static final Bson GROUPS = Indexes.ascending("_userId", "group", "_id");

    /** For what is due next. Contains the claim, so that a repeated claim finds its entry again. */
    private static final Bson DUE = Indexes.ascending("state", "dueAt", "claim");

    /** For the oldest owed entry, and for entries old enough to be forgotten. */
    private static final Bson OWED_SINCE = Indexes.ascending("state", "createdAt");

    /** For where users are. Contains all that is asked, so that no document is read. */
    private static final Bson PLACES = Indexes.ascending(
            MongoPresenceStore.USER, MongoPresenceStore.NODE, MongoPresenceStore.BROKE, MongoPresenceStore.SINCE);

    private static final Document EXISTS = new Document("$exists", true);

    private static final String CLAIMED_AT = "claimedAt";

    /** How long after its lease a node is removed if no other node has removed it. */
    private static final Duration NODE_KEPT = Duration.ofMinutes(10);

    /** How long a user whose session broke may come back. */
    private static final Duration BROKEN_KEPT = Duration.ofSeconds(60);

    /** Longer than a node may be stopped and come back. */
    private static final Duration RELAYED_KEPT = Duration.ofMinutes(10);

    private final MongoDatabase database;
    private final MongoRetry retry;

    MongoIndexes(MongoDatabase database, MongoRetry retry) {
        this.database = database;
        this.retry = retry;
    }

    void create(Duration idempotencyKept) {
        create(MongoNotificationStore.COLLECTION, List.of(new IndexModel(INBOX)));
        create(
                MongoNotificationStore.COLLECTION,
                List.of(
                        of(
                                GROUPS,
                                new Document(NotificationDocument.GROUP, EXISTS)
                                        .append(NotificationDocument.DELETE, false)),
                        of(
                                Indexes.ascending(NotificationDocument.EXPIRES),
                                new Document(NotificationDocument.EXPIRES, EXISTS)
                                        .append(NotificationDocument.DELETE, false)),
                        of(
                                Indexes.ascending(NotificationDocument.DELETED, NotificationDocument.TYPE),
                                new Document(NotificationDocument.DELETE, true))));
        create(MongoOutbox.COLLECTION, List.of(new IndexModel(DUE), new IndexModel(OWED_SINCE)));
        expire(MongoIdempotencyStore.COLLECTION, CLAIMED_AT, idempotencyKept);
        expire(MongoNodeStore.COLLECTION, MongoNodeStore.EXPIRES, NODE_KEPT);
        create(MongoPresenceStore.COLLECTION, List.of(new IndexModel(PLACES)));
        expire(MongoPresenceStore.COLLECTION, MongoPresenceStore.BROKE, BROKEN_KEPT);
        create(
                MongoScheduleStore.COLLECTION,
                List.of(
                        new IndexModel(Indexes.ascending(ScheduleDocument.DUE)),
                        new IndexModel(Indexes.ascending(ScheduleDocument.USERS, ScheduleDocument.ID)),
                        of(
                                Indexes.ascending(ScheduleDocument.WITHDRAWN),
                                new Document(ScheduleDocument.WITHDRAWN, EXISTS))));
        create(
                MongoStoryStore.PUSHES,
                List.of(new IndexModel(Indexes.compoundIndex(
                        Indexes.ascending(PushDocument.PUBLICATION), Indexes.descending(PushDocument.AT)))));
        expire(MongoStoryStore.PUSHES, PushDocument.AT, Duration.ofDays(StoryStore.PUSHES_KEPT_DAYS));
        createForRelay();
    }

    /** Creates the index for removing what was seen, which each mark would have to maintain for nothing otherwise. */
    void createForSeen() {
        Document seen = new Document(NotificationDocument.SEEN_AT, EXISTS).append(NotificationDocument.DELETE, false);
        create(
                MongoNotificationStore.COLLECTION,
                List.of(of(Indexes.ascending(NotificationDocument.SEEN_AT, NotificationDocument.TYPE), seen)));
    }

    void createForRelay() {
        expire(MongoRelayLog.COLLECTION, RelayDocumentFormat.AT, RELAYED_KEPT);
    }

    /** Returns an index of some documents only, so that all others cost nothing. */
    private static IndexModel of(Bson keys, Document documents) {
        return new IndexModel(keys, new IndexOptions().partialFilterExpression(documents));
    }

    private void create(String collection, List<IndexModel> indexes) {
        retry.call(
                "creating indexes", again -> database.getCollection(collection).createIndexes(indexes));
    }

    /** Lets MongoDB remove documents by itself. */
    private void expire(String collection, String field, Duration after) {
        retry.call("creating an index", again -> expire(collection, field, after.toSeconds()));
    }

    private Document expire(String collection, String field, long seconds) {
        try {
            database.getCollection(collection)
                    .createIndex(Indexes.ascending(field), new IndexOptions().expireAfter(seconds, TimeUnit.SECONDS));
            return new Document();
        } catch (MongoCommandException conflict) {
            if (conflict.getCode() != OPTIONS_CONFLICT) {
                throw conflict;
            }
            // The index exists with the time of an earlier configuration or version.
            Document index = new Document("keyPattern", new Document(field, 1)).append("expireAfterSeconds", seconds);
            return database.runCommand(new Document("collMod", collection).append("index", index));
        }
    }
}
