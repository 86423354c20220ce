package org.wsnotify.mongo;

import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.Document;
import org.wsnotify.relay.RelayDocument;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.relay.RelayStream;

/**
 * What servers tell each other, in the collection {@value #COLLECTION}.
 *
 * <p>MongoDB removes a document after ten minutes. The collection may be in another database than the notifications:
 * see {@link MongoConnection#createRelayIndexes}. Safe for use by many threads.
 */
public final class MongoRelayLog implements RelayLog {

    static final String COLLECTION = "ws_relay";

    private static final Logger LOG = System.getLogger(MongoRelayLog.class.getName());
    private static final InsertManyOptions ORDERED = new InsertManyOptions().ordered(true);

    private final MongoConnection connection;
    private final MongoCollection<Document> collection;
    private final MongoRetry retry;
    private final Clock clock;
    private final Duration await;
    private final AtomicBoolean polls = new AtomicBoolean();

    /** @param clock the time of the store, by which documents are removed */
    public MongoRelayLog(MongoConnection connection, Clock clock) {
        this(connection, clock, MongoRelayStream.AWAIT);
    }

    /** @param await how long the database waits for what a stream tells next */
    MongoRelayLog(MongoConnection connection, Clock clock, Duration await) {
        this.connection = connection;
        this.collection = connection.collection(COLLECTION);
        this.retry = connection.retry();
        this.clock = clock;
        this.await = await;
    }

    @Override
    public void append(List<RelayDocument> documents) {
        List<Document> all = documents.stream()
                .map(document -> RelayDocumentFormat.write(document, clock.instant()))
                .toList();
        if (!all.isEmpty()) {
            retry.call("telling other servers", again -> insert(all));
        }
    }

    /** Goes on after each document that is there already. */
    private int insert(List<Document> all) {
        List<Document> rest = all;
        while (!rest.isEmpty()) {
            try {
                collection.insertMany(rest, ORDERED);
                rest = List.of();
            } catch (MongoBulkWriteException failure) {
                if (!MongoFailures.onlyDuplicates(failure)) {
                    throw failure;
                }
                int there = failure.getWriteErrors().get(0).getIndex();
                rest = rest.subList(there + 1, rest.size());
            }
        }
        return all.size();
    }

    @Override
    public List<RelayDocument> read(String to, String from, long after, int limit) {
        Document range = new Document("$gt", RelayDocumentFormat.id(to, from, after))
                .append("$lt", RelayDocumentFormat.endOf(to, from));
        return retry.call(
                "reading what other servers told",
                again -> collection
                        .find(new Document(RelayDocumentFormat.ID, range))
                        .sort(ascending(RelayDocumentFormat.ID))
                        .limit(limit)
                        .batchSize(limit)
                        .map(RelayDocumentFormat::read)
                        .into(new ArrayList<>()));
    }

    @Override
    public RelayStream follow(String node) {
        return new MongoRelayStream(connection.streams(), node, await, this::tellOfPolling);
    }

    private void tellOfPolling(String why) {
        if (polls.compareAndSet(false, true)) {
            LOG.log(
                    Level.INFO,
                    "this database has no change streams ({0}): servers tell each other by polling every {1} ms",
                    why,
                    MongoRelayStream.POLL.toMillis());
        }
    }
}
