package org.wsnotify.mongo;

import static com.mongodb.client.model.Projections.excludeId;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.wsnotify.presence.Place;
import org.wsnotify.presence.PresenceState;
import org.wsnotify.presence.PresenceStore;

/**
 * Who is online, in the collection {@value #COLLECTION}: one document for each user and node.
 *
 * <p>Its {@code _id} is the node, a colon and the user, so that the users of a node are a range. MongoDB removes a user
 * whose session broke after a minute. Safe for use by many threads.
 */
public final class MongoPresenceStore implements PresenceStore {

    static final String COLLECTION = "ws_presence";

    static final String USER = "user";
    static final String NODE = "node";
    static final String SINCE = "since";
    static final String BROKE = "brokeAt";

    private static final String ID = "_id";
    private static final char SEPARATOR = ':';
    private static final char AFTER_SEPARATOR = SEPARATOR + 1;

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    /** Not by the index of {@link #BROKE}, in which all who are online have the same place. */
    private static final DeleteOptions BY_ID = new DeleteOptions().hint(new Document(ID, 1));

    /** Fields of one index, so that no document is read. */
    private static final Bson PLACE = fields(include(USER, NODE, BROKE, SINCE), excludeId());

    private final MongoCollection<Document> collection;
    private final MongoRetry retry;

    public MongoPresenceStore(MongoConnection connection) {
        this.collection = connection.collection(COLLECTION);
        this.retry = connection.retry();
    }

    @Override
    public void write(String node, Map<String, PresenceState> states) {
        if (states.isEmpty()) {
            return;
        }
        List<WriteModel<Document>> writes = new ArrayList<>(states.size());
        states.forEach((user, state) -> writes.add(write(node, user, state)));
        retry.call("writing who is online", again -> collection.bulkWrite(writes, UNORDERED));
    }

    /** The filter names the user too, so that the collection can be sharded by it. */
    private static WriteModel<Document> write(String node, String user, PresenceState state) {
        Document which = new Document(ID, node + SEPARATOR + user).append(USER, user);
        Document place = new Document(which).append(NODE, node);
        if (state instanceof PresenceState.Online online) {
            return new ReplaceOneModel<>(which, place.append(SINCE, online.since()), UPSERT);
        }
        if (state instanceof PresenceState.Broke broke) {
            return new ReplaceOneModel<>(which, place.append(BROKE, broke.at()), UPSERT);
        }
        return new DeleteOneModel<>(which);
    }

    @Override
    public Map<String, List<Place>> where(Collection<String> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        Document which = new Document(USER, new Document("$in", List.copyOf(new HashSet<>(users))));
        return retry.call("reading who is online", again -> {
            Map<String, List<Place>> places = new HashMap<>();
            collection
                    .find(which)
                    .projection(PLACE)
                    .batchSize(2 * users.size())
                    .forEach(found -> places.computeIfAbsent(found.getString(USER), any -> new ArrayList<>(1))
                            .add(new Place(found.getString(NODE), state(found))));
            return places;
        });
    }

    private static PresenceState state(Document found) {
        Date broke = found.getDate(BROKE);
        return broke == null
                ? new PresenceState.Online(found.getDate(SINCE).toInstant())
                : new PresenceState.Broke(broke.toInstant());
    }

    /** Jumps from the first entry of a node to the first one of the next node. */
    @Override
    public Set<String> nodes() {
        return retry.call("reading which servers have users", again -> {
            Set<String> nodes = new HashSet<>();
            Document first = firstFrom("");
            while (first != null) {
                String id = first.getString(ID);
                String node = id.substring(0, id.indexOf(SEPARATOR));
                nodes.add(node);
                first = firstFrom(node + AFTER_SEPARATOR);
            }
            return nodes;
        });
    }

    private Document firstFrom(String id) {
        return collection
                .find(new Document(ID, new Document("$gte", id)))
                .projection(include(ID))
                .sort(ascending(ID))
                .first();
    }

    @Override
    public void forget(String node) {
        Document online = new Document(ID, new Document("$gte", node + SEPARATOR).append("$lt", node + AFTER_SEPARATOR))
                .append(BROKE, null);
        retry.call("removing the users of a server", again -> collection.deleteMany(online, BY_ID));
    }
}
