package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.addToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.pull;
import static com.mongodb.client.model.Updates.set;
import static org.wsnotify.mongo.ScheduleDocument.CLAIM;
import static org.wsnotify.mongo.ScheduleDocument.DUE;
import static org.wsnotify.mongo.ScheduleDocument.ID;
import static org.wsnotify.mongo.ScheduleDocument.PLACE;
import static org.wsnotify.mongo.ScheduleDocument.RECIPIENTS;
import static org.wsnotify.mongo.ScheduleDocument.USERS;
import static org.wsnotify.mongo.ScheduleDocument.WITHDRAWN;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.delivery.ScheduledPublication.Place;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.PublicationId;

/**
 * Scheduled publications in the collection {@value #COLLECTION}, one document for each. Safe for use by many threads.
 */
public final class MongoScheduleStore implements ScheduleStore {

    static final String COLLECTION = "ws_scheduled";

    private static final FindOneAndUpdateOptions FIRST_DUE =
            new FindOneAndUpdateOptions().sort(ascending(DUE)).returnDocument(ReturnDocument.AFTER);
    private static final FindOneAndUpdateOptions BEFORE =
            new FindOneAndUpdateOptions().returnDocument(ReturnDocument.BEFORE);

    private static final Document ABSENT = new Document("$exists", false);

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;
    private final RepeatableInsert<Document> inserts;

    public MongoScheduleStore(MongoConnection connection) {
        this.collection = connection.collection(COLLECTION);
        this.retry = connection.retry();
        this.inserts = new RepeatableInsert<>(collection, retry);
    }

    @Override
    public void add(List<ScheduledPublication> publications) {
        inserts.insert(
                "scheduling publications",
                publications.stream().map(ScheduleDocument::of).toList());
    }

    @Override
    public Optional<Claimed> claim(Instant now, Duration lease) {
        ObjectId claim = new ObjectId();
        Document due = new Document(DUE, new Document("$lt", now.plusMillis(1)));
        Instant end = now.plus(lease);
        Bson taken = combine(set(DUE, end), set(CLAIM, claim));
        // A write, because only a write waits until a majority has the claim.
        Document own = new Document(DUE, end).append(CLAIM, claim);
        return retry.call("claiming a scheduled publication", again -> {
                    Optional<Document> before = again
                            ? Optional.ofNullable(collection.findOneAndUpdate(own, taken, FIRST_DUE))
                            : Optional.empty();
                    return before.or(() -> Optional.ofNullable(collection.findOneAndUpdate(due, taken, FIRST_DUE)));
                })
                .map(found -> new Claimed(ScheduleDocument.read(found), claim.toHexString()));
    }

    @Override
    public boolean renew(Claimed claimed, Instant end) {
        return retry.call(
                "renewing the claim of a scheduled publication",
                again -> collection.updateOne(held(claimed), set(DUE, end)).getMatchedCount() > 0);
    }

    @Override
    public List<PublicationId> complete(Claimed claimed, List<PublicationId> takenBack) {
        // Withdrawals are only ever added, and what was taken back is among them.
        Document finished = held(claimed)
                .append(
                        WITHDRAWN,
                        takenBack.isEmpty() ? ABSENT : new Document("$size", new HashSet<>(takenBack).size()));
        return retry.call("removing a scheduled publication", again -> {
            if (collection.deleteOne(finished).getDeletedCount() > 0) {
                return List.of();
            }
            // Nothing is found either if an earlier attempt has removed it.
            return Optional.ofNullable(collection.find(held(claimed)).first()).stream()
                    .flatMap(found -> ScheduleDocument.withdrawn(found).stream())
                    .filter(range -> !takenBack.contains(range))
                    .toList();
        });
    }

    private static Document held(Claimed claimed) {
        return new Document(
                        ID, NotificationIds.byNode(claimed.publication().id().first()))
                .append(CLAIM, new ObjectId(claimed.claim()));
    }

    @Override
    public int withdraw(PublicationId range) {
        Optional<Document> found = documentOf(range.first());
        if (found.isEmpty()) {
            return 0;
        }
        int[] places = ScheduleDocument.id(found.get()).placesOf(range);
        Document these = new Document(PLACE, new Document("$gte", places[0]).append("$lt", places[1]));
        Document which = new Document(ID, found.get().getString(ID));
        Document unclaimed = new Document(which).append(CLAIM, ABSENT);
        Bson change = pull(RECIPIENTS, these);
        Bson noted = combine(change, addToSet(WITHDRAWN, range.toString()));
        int taken = retry.call("withdrawing notifications", again -> {
            Document before = Optional.ofNullable(collection.findOneAndUpdate(unclaimed, change, BEFORE))
                    .orElseGet(() -> collection.findOneAndUpdate(which, noted, BEFORE));
            // Of a repetition it is not known whether it is the first that was carried out.
            return before == null ? 0 : count(again ? found.get() : before, places);
        });
        Document empty = new Document(unclaimed).append(RECIPIENTS, new Document("$size", 0));
        retry.call("removing a scheduled publication", again -> collection.deleteOne(empty));
        return taken;
    }

    private static int count(Document document, int[] places) {
        return (int) ScheduleDocument.read(document).recipients().stream()
                .filter(one -> one.place() >= places[0] && one.place() < places[1])
                .count();
    }

    @Override
    public Optional<ScheduledPublication> find(String notificationId) {
        if (!NotificationIds.isId(notificationId)) {
            return Optional.empty();
        }
        return documentOf(notificationId)
                .map(ScheduleDocument::read)
                .map(found -> {
                    int[] places = found.id().placesOf(new PublicationId(notificationId, 1));
                    return found.withRecipients(found.recipients().stream()
                            .filter(one -> one.place() == places[0])
                            .toList());
                })
                .filter(found -> !found.recipients().isEmpty());
    }

    @Override
    public List<ScheduledPublication> of(String userId, Optional<PublicationId> after, int most) {
        Document which = new Document(USERS, userId);
        after.ifPresent(last -> which.append(ID, new Document("$gt", NotificationIds.byNode(last.first()))));
        return retry.call(
                "reading scheduled publications of a user",
                again -> collection
                        .find(which)
                        .sort(ascending(ID))
                        .limit(most)
                        .map(document -> only(ScheduleDocument.read(document), userId))
                        .into(new ArrayList<>()));
    }

    @Override
    public boolean isTakingBack() {
        Document withdrawn = new Document(WITHDRAWN, new Document("$exists", true));
        return retry.call(
                "reading what was withdrawn",
                again -> collection.find(withdrawn).projection(include(ID)).first() != null);
    }

    @Override
    public long size() {
        return retry.call("counting scheduled publications", again -> collection.estimatedDocumentCount());
    }

    private static ScheduledPublication only(ScheduledPublication publication, String userId) {
        List<Place> own = publication.recipients().stream()
                .filter(one -> one.recipient().userId().equals(userId))
                .toList();
        return publication.withRecipients(own);
    }

    /** Returns the document of the publication that has a notification. */
    private Optional<Document> documentOf(String notificationId) {
        String key = NotificationIds.byNode(notificationId);
        // The same as $lte. The database of the tests leaves out the last key of $lte.
        Document before =
                new Document(ID, new Document("$lt", key + '0').append("$gte", NotificationIds.nodeOf(notificationId)));
        return retry.call(
                        "reading a scheduled publication",
                        again -> Optional.ofNullable(
                                collection.find(before).sort(descending(ID)).first()))
                .filter(found -> {
                    int[] places = ScheduleDocument.id(found).placesOf(new PublicationId(notificationId, 1));
                    return places[0] < places[1];
                });
    }
}
