package org.wsnotify.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.wsnotify.presence.Node;
import org.wsnotify.presence.NodeStore;

/**
 * The servers in the collection {@value #COLLECTION}. All times are those of the database, which also computes when a
 * lease ends. So the clocks of the servers do not matter.
 *
 * <p>If nobody removes a node, MongoDB does so ten minutes after its lease. Safe for use by many threads.
 */
public final class MongoNodeStore implements NodeStore {

    static final String COLLECTION = "ws_node";

    static final String EXPIRES = "expiresAt";

    private static final String ID = "_id";
    private static final String STARTED = "startedAt";
    private static final String SENT = "sent";
    private static final String LIVE = "live";

    /** Which call registered the node: so a call that is repeated recognises its own registration. */
    private static final String REGISTRATION = "registration";

    private static final String NOW = "$$NOW";
    private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

    private final MongoDatabase database;
    private final MongoCollection<Document> collection;
    private final MongoRetry retry;

    public MongoNodeStore(MongoConnection connection) {
        this.database = connection.database();
        this.collection = connection.collection(COLLECTION);
        this.retry = connection.retry();
    }

    @Override
    public boolean register(String node, Duration lease) {
        Document own = new Document(ID, node).append(REGISTRATION, new ObjectId());
        List<Document> values = set(new Document(EXPIRES, endOf(lease))
                .append(STARTED, NOW)
                .append(SENT, new Document("$literal", new Document())));
        return retry.call("registering a server", again -> registered(own, values));
    }

    private boolean registered(Document own, List<Document> values) {
        try {
            collection.updateOne(own, values, UPSERT);
            return true;
        } catch (MongoWriteException failure) {
            if (failure.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw failure;
            }
            return false; // another node has this id
        }
    }

    @Override
    public boolean renew(String node, Duration lease, Map<String, Long> sent) {
        List<Document> values = set(new Document(EXPIRES, endOf(lease))
                .append(SENT, new Document("$literal", new Document(Map.copyOf(sent)))));
        return retry.call(
                                "renewing the lease of a server",
                                again -> collection.updateOne(new Document(ID, node), values))
                        .getMatchedCount()
                == 1;
    }

    @Override
    public List<Node> nodes() {
        Document fields = new Document(SENT, 1).append(LIVE, new Document("$gt", List.of("$" + EXPIRES, NOW)));
        return retry.call(
                "reading the servers",
                again -> collection
                        .aggregate(List.of(new Document("$project", fields)))
                        .map(MongoNodeStore::read)
                        .into(new ArrayList<>()));
    }

    private static Node read(Document document) {
        Map<String, Long> sent = new HashMap<>();
        document.get(SENT, Document.class).forEach((node, number) -> sent.put(node, ((Number) number).longValue()));
        return new Node(document.getString(ID), document.getBoolean(LIVE), sent);
    }

    @Override
    public void remove(String node) {
        retry.call("removing a server", again -> collection.deleteOne(new Document(ID, node)));
    }

    @Override
    public boolean removeExpired(String node, Duration ago) {
        Document latest = new Document(
                "$dateSubtract",
                new Document("startDate", NOW).append("unit", "millisecond").append("amount", ago.toMillis()));
        Document expired = new Document(ID, node).append("$expr", new Document("$lte", List.of("$" + EXPIRES, latest)));
        retry.call("removing a server", again -> collection.deleteOne(expired));
        return retry.call(
                "looking for a server",
                again -> collection.find(new Document(ID, node)).first() == null);
    }

    @Override
    public Instant time() {
        Document answer = retry.call(
                "asking for the time",
                again -> database.runCommand(new Document("hello", 1), ReadPreference.primary()));
        return answer.getDate("localTime").toInstant();
    }

    private static List<Document> set(Document values) {
        return List.of(new Document("$set", values));
    }

    private static Document endOf(Duration lease) {
        return new Document(
                "$dateAdd",
                new Document("startDate", NOW).append("unit", "millisecond").append("amount", lease.toMillis()));
    }
}
