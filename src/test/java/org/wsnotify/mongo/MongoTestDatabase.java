package org.wsnotify.mongo;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ServerMonitoringMode;
import com.mongodb.event.CommandListener;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bson.Document;

/** A database with a name of its own and all indexes, dropped when it is closed. */
final class MongoTestDatabase implements AutoCloseable {

    /** The tests live in March 2026: no key of theirs may be removed meanwhile. */
    private static final Duration NEVER = Duration.ofDays(20_000);

    private static final Duration RETRY_FOR = Duration.ofSeconds(20);

    private final MongoOptions options;
    private final MongoConnection connection;
    private final Runnable atTheEnd;

    private MongoTestDatabase(
            String uri, String name, UnaryOperator<MongoClientSettings.Builder> more, Runnable atTheEnd) {
        this.options = new MongoOptions(uri, name, RETRY_FOR, NEVER);
        this.connection = new MongoConnection(options, more);
        this.atTheEnd = atTheEnd;
        connection.createIndexes();
    }

    /** A database of a substitute for MongoDB in this process, which keeps it in memory. */
    static MongoTestDatabase inProcess() {
        return inProcess("", new CommandListener() {});
    }

    static MongoTestDatabase inProcess(String parameters, CommandListener listener) {
        MongoServer server = new MongoServer(new MemoryBackend());
        InetSocketAddress address = server.bind();
        return new MongoTestDatabase(
                "mongodb://127.0.0.1:" + address.getPort() + "/" + parameters,
                newName(),
                settings -> settings.addCommandListener(listener),
                server::shutdownNow);
    }

    /**
     * A database of the server that MONGODB_TEST_URI names. Without that setting the test is skipped, or fails if all
     * tests must run.
     */
    static MongoTestDatabase onServer() {
        return onServer(newName(), UnaryOperator.identity(), ServerUse::shared);
    }

    /** As above, while no other test uses the server. */
    static MongoTestDatabase aloneOnServer() {
        return aloneOnServer(newName(), UnaryOperator.identity());
    }

    /** As above, with a name and more settings. */
    static MongoTestDatabase aloneOnServer(String name, UnaryOperator<MongoClientSettings.Builder> more) {
        return onServer(name, more, ServerUse::alone);
    }

    private static MongoTestDatabase onServer(
            String name, UnaryOperator<MongoClientSettings.Builder> more, Supplier<Runnable> use) {
        String uri = serverUri();
        return new MongoTestDatabase(uri, name, settings -> quickToNotice(more.apply(settings)), use.get());
    }

    /**
     * Asks the server twenty times a second who is primary. A primary that steps down says so by itself, and says with
     * each refusal whether it is older than what it said; the failpoints of the test server do neither.
     */
    static MongoClientSettings.Builder quickToNotice(MongoClientSettings.Builder settings) {
        return settings.applyToServerSettings(server -> server.serverMonitoringMode(ServerMonitoringMode.POLL)
                .heartbeatFrequency(50, TimeUnit.MILLISECONDS)
                .minHeartbeatFrequency(10, TimeUnit.MILLISECONDS));
    }

    static String newName() {
        return "test_" + UUID.randomUUID().toString().replace("-", "");
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

    /** Returns the documents of a collection as text. */
    String everythingIn(String collection) {
        return connection.collection(collection).find().into(new ArrayList<>()).toString();
    }

    /** Removes all documents and keeps the indexes. */
    void empty() {
        for (String collection : List.of(
                MongoNotificationStore.COLLECTION,
                MongoOutbox.COLLECTION,
                MongoScheduleStore.COLLECTION,
                MongoStoryStore.PUSHES,
                MongoIdempotencyStore.COLLECTION,
                MongoNodeStore.COLLECTION,
                MongoPresenceStore.COLLECTION,
                MongoRelayLog.COLLECTION)) {
            connection.collection(collection).deleteMany(new Document());
        }
    }

    /** Stops a server in this process, as if it had crashed. */
    void stop() {
        atTheEnd.run();
    }

    @Override
    public void close() {
        connection.database().drop();
        connection.close();
        stop();
    }
}
