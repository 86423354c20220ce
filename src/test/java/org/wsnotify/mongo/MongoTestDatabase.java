package org.wsnotify.mongo;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.bson.Document;

/** A database for one test class: its own name, its indexes made, dropped at the end. */
final class MongoTestDatabase implements AutoCloseable {

    /** The tests live in March 2026: no key of theirs may be removed meanwhile. */
    private static final Duration NEVER = Duration.ofDays(20_000);

    private static final Duration RETRY_FOR = Duration.ofSeconds(5);

    private final MongoOptions options;
    private final MongoConnection connection;
    private final Runnable atTheEnd;

    private MongoTestDatabase(String uri, UnaryOperator<MongoClientSettings.Builder> more, Runnable atTheEnd) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        this.options = new MongoOptions(uri, name, RETRY_FOR, NEVER);
        this.connection = new MongoConnection(options, more);
        this.atTheEnd = atTheEnd;
        connection.createIndexes();
    }

    /** A database of a stand-in for MongoDB in this process, which keeps it in memory. */
    static MongoTestDatabase inProcess() {
        MongoServer server = new MongoServer(new MemoryBackend());
        InetSocketAddress address = server.bind();
        return new MongoTestDatabase(
                "mongodb://127.0.0.1:" + address.getPort() + "/", UnaryOperator.identity(), server::shutdownNow);
    }

    /** A database of the server that MONGODB_TEST_URI names; without that, the test is skipped, or fails where all must run. */
    static MongoTestDatabase onServer() {
        return onServer(UnaryOperator.identity());
    }

    static MongoTestDatabase onServer(UnaryOperator<MongoClientSettings.Builder> more) {
        return new MongoTestDatabase(serverUri(), more, () -> {});
    }

    static String serverUri() {
        String uri = System.getenv("MONGODB_TEST_URI");
        boolean named = uri != null && !uri.isBlank();
        if (!named && Boolean.getBoolean("notification.test.strict")) {
            fail("MONGODB_TEST_URI names no server: start one with .ci/mongodb");
        }
        assumeTrue(named, "MONGODB_TEST_URI names no server: start one with .ci/mongodb");
        return uri;
    }

    MongoConnection connection() {
        return connection;
    }

    MongoOptions options() {
        return options;
    }

    MongoDatabase database() {
        return connection.database();
    }

    /** Removes all documents, and leaves the indexes. */
    MongoTestDatabase emptied() {
        for (String collection :
                List.of(MongoNotificationStore.COLLECTION, MongoOutbox.COLLECTION, MongoIdempotencyStore.COLLECTION)) {
            connection.collection(collection).deleteMany(new Document());
        }
        return this;
    }

    @Override
    public void close() {
        connection.database().drop();
        connection.close();
        atTheEnd.run();
    }
}
