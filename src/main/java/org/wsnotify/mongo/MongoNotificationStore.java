package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.bson.codecs.configuration.CodecRegistries.fromCodecs;
import static org.bson.codecs.configuration.CodecRegistries.fromRegistries;
import static org.wsnotify.mongo.NotificationDocument.DELETE;
import static org.wsnotify.mongo.NotificationDocument.DELETED;
import static org.wsnotify.mongo.NotificationDocument.DELETION;
import static org.wsnotify.mongo.NotificationDocument.ID;
import static org.wsnotify.mongo.NotificationDocument.SEEN;
import static org.wsnotify.mongo.NotificationDocument.SEEN_AT;
import static org.wsnotify.mongo.NotificationDocument.TYPE;
import static org.wsnotify.mongo.NotificationDocument.UPDATED;
import static org.wsnotify.mongo.NotificationDocument.USER;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.wsnotify.inbox.Excerpt;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.TextBudget;
import org.wsnotify.inbox.UnseenReading;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;

/**
 * Notifications in the collection {@value #COLLECTION}, in documents that the earlier server reads and writes too.
 *
 * <p>Each query is answered by an index, in its order. An operation that fails for a temporary reason is repeated for a
 * while before it throws {@link org.wsnotify.notification.StoreUnavailableException}. Safe for use by many threads.
 */
public final class MongoNotificationStore implements NotificationStore {

    static final String COLLECTION = "ws_notification";

    /** Enough for most inboxes in one round trip; few enough that long texts beyond the budget are not all read. */
    private static final int MOST_AT_ONCE = 50;

    /** A round trip reads one notification for so many characters of the budget: most are shorter. */
    private static final int CHARACTERS_OF_ONE = 1024;

    private static final int FEWEST_AT_ONCE = 8;

    private static final int FOUND_AT_ONCE = 1000;

    /** If several users have fewer unseen together, they are counted together. */
    private static final int COUNTED_AT_ONCE = 1000;

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;
    private final RepeatableInsert<Notification> inserts;

    public MongoNotificationStore(MongoConnection connection) {
        MongoCollection<Document> documents = connection.collection(COLLECTION);
        this.collection = documents.withCodecRegistry(
                fromRegistries(fromCodecs(new NotificationCodec()), documents.getCodecRegistry()));
        this.retry = connection.retry();
        this.inserts = new RepeatableInsert<>(collection.withDocumentClass(Notification.class), retry);
    }

    @Override
    public void store(List<Notification> notifications) {
        inserts.insert("storing notifications", notifications);
    }

    @Override
    public List<Notification> unseen(String userId, int limit, long characters) {
        return limit < 1
                ? List.of()
                : read(unseenBy(userId), ascending(ID), limit, new TextBudget(limit, characters))
                        .items();
    }

    @Override
    public List<Notification> page(String userId, int skip, int limit) {
        return read(keptBy(userId), descending(ID), skip, limit);
    }

    @Override
    public Excerpt newest(String userId, Optional<String> before, TextBudget budget) {
        return newest(keptBy(userId), before, budget);
    }

    @Override
    public Excerpt newestUnseen(String userId, Optional<String> before, TextBudget budget) {
        return newest(unseenBy(userId), before, budget);
    }

    /** Reads one notification more than the budget has, to know whether there is more. */
    private Excerpt newest(Document which, Optional<String> before, TextBudget budget) {
        before.ifPresent(id -> which.append(ID, new Document("$lt", objectId(id))));
        return read(which, descending(ID), budget.notifications() + 1, budget);
    }

    @Override
    public List<String> markSeen(String userId, Collection<String> ids, Instant when) {
        List<String> asked = valid(ids);
        if (asked.isEmpty()) {
            return List.of();
        }
        update("marking seen", unseenBy(userId).append(ID, anyOf(asked)), seenAt(when));
        return those(asked, keptBy(userId));
    }

    @Override
    public Optional<String> markAllSeen(String userId, Optional<String> upTo, Instant when) {
        Optional<String> newest =
                page(userId, 0, 1).stream().map(Notification::id).findFirst();
        Optional<String> last =
                newest.map(id -> upTo.filter(end -> end.compareTo(id) < 0).orElse(id));
        // The same as $lte of the last. The database of the tests leaves out the last key of $lte.
        last.map(MongoNotificationStore::successor)
                .map(next -> unseenBy(userId).append(ID, new Document("$lt", next)))
                .ifPresent(unseen -> update("marking all seen", unseen, seenAt(when)));
        return last;
    }

    @Override
    public List<String> delete(String userId, Collection<String> ids, Instant when) {
        List<String> asked = valid(ids);
        if (asked.isEmpty()) {
            return List.of();
        }
        // Tells what this call deleted from what another call deleted at the same time.
        ObjectId deletion = new ObjectId();
        Bson deleted = combine(set(DELETE, true), set(DELETED, when), set(UPDATED, when), set(DELETION, deletion));
        update("deleting notifications", keptBy(userId).append(ID, anyOf(asked)), deleted);
        return those(asked, NotificationDocument.of(userId, true).append(DELETION, deletion));
    }

    @Override
    public List<Notification> find(Collection<NotificationKey> keys) {
        List<Notification> found = new ArrayList<>();
        List<NotificationKey> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += FOUND_AT_ONCE) {
            found.addAll(findAtOnce(all.subList(from, Math.min(all.size(), from + FOUND_AT_ONCE))));
        }
        return found;
    }

    /** The ids lead to the documents; the users are named too, so that a sharded collection is asked where they are. */
    private List<Notification> findAtOnce(List<NotificationKey> keys) {
        Document filter = new Document(
                        USER,
                        new Document(
                                "$in",
                                keys.stream()
                                        .map(NotificationKey::userId)
                                        .distinct()
                                        .toList()))
                .append(
                        ID,
                        new Document(
                                "$in",
                                keys.stream().map(key -> new ObjectId(key.id())).toList()))
                .append(DELETE, false);
        Set<NotificationKey> asked = new HashSet<>(keys);
        return retry
                .call(
                        "finding notifications",
                        again -> collection
                                .find(filter, Notification.class)
                                .hint(new Document(ID, 1))
                                .batchSize(keys.size())
                                .into(new ArrayList<>()))
                .stream()
                .filter(notification -> asked.contains(new NotificationKey(notification.userId(), notification.id())))
                .toList();
    }

    @Override
    public List<Notification> recentUnseen(Collection<String> users, String fromId) {
        Document recent = unseenBy(new Document("$in", List.copyOf(new HashSet<>(users))))
                .append(ID, new Document("$gte", objectId(fromId)));
        return retry.call(
                "reading recent notifications",
                again -> collection.find(recent, Notification.class).into(new ArrayList<>()));
    }

    @Override
    public UnseenReading readUnseen(String userId, int cap) {
        return retry.call("counting notifications", again -> {
            int most = cap == Integer.MAX_VALUE ? cap : cap + 1;
            UnseenReading.Collector unseen = new UnseenReading.Collector(cap);
            try (MongoCursor<Document> all = collection
                    .find(unseenBy(userId))
                    .projection(include(TYPE))
                    .sort(descending(ID))
                    .limit(most)
                    .batchSize(most)
                    .iterator()) {
                boolean wanted = true;
                while (wanted && all.hasNext()) {
                    Document next = all.next();
                    wanted = unseen.add(NotificationDocument.id(next), NotificationDocument.type(next));
                }
            }
            return unseen.reading();
        });
    }

    /** Reads what few unseen notifications the users have in one round trip. If there are many, it returns nothing. */
    @Override
    public Map<String, UnseenReading> readUnseenOfAll(Set<String> users, int cap) {
        if (users.size() == 1) {
            return NotificationStore.super.readUnseenOfAll(users, cap);
        }
        List<Document> found = retry.call(
                "counting notifications",
                again -> collection
                        .find(unseenBy(new Document("$in", List.copyOf(users))))
                        .projection(include(USER, TYPE))
                        .limit(COUNTED_AT_ONCE)
                        .batchSize(COUNTED_AT_ONCE)
                        .into(new ArrayList<>()));
        if (found.size() == COUNTED_AT_ONCE) {
            return Map.of();
        }
        Map<String, List<Document>> byUser = found.stream().collect(groupingBy(document -> document.getString(USER)));
        return users.stream()
                .collect(toMap(Function.identity(), user -> reading(byUser.getOrDefault(user, List.of()), cap)));
    }

    private static UnseenReading reading(List<Document> documents, int cap) {
        UnseenReading.Collector unseen = new UnseenReading.Collector(cap);
        documents.stream()
                .sorted(Comparator.comparing(NotificationDocument::id).reversed())
                .takeWhile(next -> unseen.add(NotificationDocument.id(next), NotificationDocument.type(next)))
                .forEach(next -> {});
        return unseen.reading();
    }

    private List<Notification> read(Bson which, Bson order, int skip, int limit) {
        if (limit < 1) {
            // To the server, 0 means no limit.
            return List.of();
        }
        return retry.call(
                "reading notifications",
                again -> find(which, order, skip, limit).batchSize(limit).into(new ArrayList<>()));
    }

    private Excerpt read(Bson which, Bson order, int limit, TextBudget budget) {
        FindIterable<Notification> all = find(which, order, 0, limit).batchSize(batchSize(limit, budget));
        return retry.call("reading notifications", again -> {
            try (MongoCursor<Notification> found = all.iterator()) {
                return budget.spend(found, Function.identity());
            }
        });
    }

    private static int batchSize(int limit, TextBudget budget) {
        long most = Math.min(MOST_AT_ONCE, budget.characters() / CHARACTERS_OF_ONE);
        return (int) Math.min(limit, Math.max(FEWEST_AT_ONCE, most));
    }

    private FindIterable<Notification> find(Bson which, Bson order, int skip, int limit) {
        return collection.find(which, Notification.class).sort(order).skip(skip).limit(limit);
    }

    private static List<String> valid(Collection<String> ids) {
        return ids.stream().filter(NotificationIds::isId).distinct().toList();
    }

    private void update(String what, Bson which, Bson change) {
        retry.call(what, again -> collection.updateMany(which, change));
    }

    /** Returns the ids of {@code asked} that the filter finds too, in the order given. */
    private List<String> those(List<String> asked, Document which) {
        which.append(ID, anyOf(asked));
        Set<String> found = retry.call(
                "finding notifications",
                again -> collection
                        .find(which)
                        .projection(include(ID))
                        .batchSize(asked.size())
                        .map(NotificationDocument::id)
                        .into(new HashSet<>()));
        return asked.stream().filter(found::contains).toList();
    }

    private static Bson seenAt(Instant when) {
        return combine(set(SEEN, true), set(SEEN_AT, when), set(UPDATED, when));
    }

    /** Returns the smallest id that is larger. Ids of the earlier server may follow each other without a gap. */
    private static ObjectId successor(String id) {
        return new ObjectId(String.format("%024x", new BigInteger(id, 16).add(BigInteger.ONE)));
    }

    private static ObjectId objectId(String id) {
        if (!NotificationIds.isId(id)) {
            throw new IllegalArgumentException("not the id of a notification");
        }
        return new ObjectId(id);
    }

    private static Document keptBy(String userId) {
        return NotificationDocument.of(userId, false);
    }

    /** @param user an id, or a condition for ids */
    private static Document unseenBy(Object user) {
        return NotificationDocument.of(user, false).append(SEEN, false);
    }

    private static Document anyOf(List<String> ids) {
        return new Document("$in", ids.stream().map(ObjectId::new).toList());
    }
}
