package org.wsnotify.mongo;

import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.ReadConcern;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.Document;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.relay.RelayDocument;
import org.wsnotify.relay.RelayStream;

/**
 * What a node is told, by a change stream. After a failure it is resumed at the place of its token. If the database
 * refuses the token, the stream is opened anew, and tells of a gap.
 *
 * <p>A database that is not a replica set has no change streams, and refuses the first one. Then the receiver is told
 * of a gap every {@link #POLL}.
 */
final class MongoRelayStream implements RelayStream {

    /** How often the log is read where there are no change streams. */
    static final Duration POLL = Duration.ofMillis(250);

    /** How long the database waits for the next document; shorter than an answer may take. */
    static final Duration AWAIT = Duration.ofSeconds(1);

    /**
     * What databases without change streams answer: no replica set (40573), an unknown stage (40324) or command (59,
     * 115), and servers without codes (-1).
     */
    private static final Set<Integer> NO_STREAMS = Set.of(40573, 40324, 59, 115, -1);

    private static final String WHAT = "following other servers";
    private static final Received ENDED = new Received(List.of(), false);

    private final StreamClient client;
    private final Duration await;
    private final List<Document> inserted;
    private final Consumer<String> polls;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor;
    /** Directly after the last document that was returned; null before the stream is opened, and if it was refused. */
    private BsonDocument token;

    private boolean opened;
    private boolean polling;
    private boolean gap;

    /**
     * @param await how long the database waits for the next document
     * @param polls is told why there are no change streams
     */
    MongoRelayStream(StreamClient client, String node, Duration await, Consumer<String> polls) {
        this.client = client;
        this.await = await;
        this.inserted = List.of(new Document(
                "$match",
                new Document("operationType", "insert").append("fullDocument." + RelayDocumentFormat.TO, node)));
        this.polls = polls;
    }

    @Override
    public Received next() {
        for (boolean again = false; !isEnded(); again = true) {
            if (polling) {
                return poll();
            }
            try {
                return read();
            } catch (MongoException failure) {
                recover(failure, again);
            } catch (IllegalStateException closed) { // the stream or the client was closed meanwhile
                if (!isEnded()) {
                    throw new StoreUnavailableException(
                            "MongoDB: " + WHAT + " failed: the connection is closed", closed);
                }
            }
        }
        return ENDED;
    }

    private Received read() {
        MongoChangeStreamCursor<ChangeStreamDocument<Document>> open = cursor == null ? open() : cursor;
        List<RelayDocument> documents = new ArrayList<>();
        ChangeStreamDocument<Document> next = open.tryNext();
        while (next != null) {
            documents.add(RelayDocumentFormat.read(next.getFullDocument()));
            next = open.available() > 0 ? open.tryNext() : null;
        }
        token = open.getResumeToken(); // only now: what is not returned must come again
        if (open.getServerCursor() == null) { // the collection was dropped
            drop();
            token = null;
        }
        Received received = new Received(documents, gap);
        gap = false;
        return isEnded() ? ENDED : received;
    }

    private MongoChangeStreamCursor<ChangeStreamDocument<Document>> open() {
        ChangeStreamIterable<Document> stream = client.database()
                .getCollection(MongoRelayLog.COLLECTION)
                .withReadConcern(ReadConcern.MAJORITY)
                .watch(inserted)
                .maxAwaitTime(await.toMillis(), TimeUnit.MILLISECONDS);
        boolean anew = token == null;
        MongoChangeStreamCursor<ChangeStreamDocument<Document>> open =
                (anew ? stream : stream.resumeAfter(token)).cursor();
        cursor = open;
        opened = true;
        if (anew) {
            gap = true;
            token = open.getResumeToken();
        }
        if (isEnded()) {
            open.close();
        }
        return open;
    }

    /** Prepares the next attempt, or throws. */
    private void recover(MongoException failure, boolean again) {
        drop();
        if (isEnded()) {
            return;
        }
        boolean refused = failure instanceof MongoServerException && !MongoFailures.passing(failure);
        if (!opened && NO_STREAMS.contains(failure.getCode())) {
            polling = true;
            polls.accept(MongoFailures.kind(failure));
            return;
        }
        boolean resumed = token != null;
        if (refused) {
            token = null;
        }
        if (!refused || !resumed || again) {
            throw client.unavailable(WHAT, failure);
        }
    }

    private void drop() {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
    }

    private Received poll() {
        try {
            return ended.await(POLL.toMillis(), TimeUnit.MILLISECONDS) ? ENDED : new Received(List.of(), true);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("MongoDB: " + WHAT + " was interrupted", end);
        }
    }

    private boolean isEnded() {
        return ended.getCount() == 0;
    }

    @Override
    public void close() {
        ended.countDown();
        MongoChangeStreamCursor<ChangeStreamDocument<Document>> open = cursor;
        if (open != null) {
            open.close();
        }
    }
}
