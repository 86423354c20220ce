package org.wsnotify.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoNamespace;
import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * The connection to one MongoDB database, shared by all stores.
 *
 * <p>Created once, even if the database is not reachable yet: the driver connects and reconnects in the background.
 * {@link #createIndexes} is called when the server starts and repeated until it succeeds. {@link #close} is called when
 * the server stops.
 *
 * <p>Writes are acknowledged by a majority, with journal; reads come from the primary. An attempt waits at most five
 * seconds for a server, a connection or the majority, and ten seconds for an answer. While the database is known to be
 * down, operations fail at once.
 *
 * <p>Safe for use by many threads.
 */
public final class MongoConnection implements AutoCloseable {

    private static final String APPLICATION = "webservice-notification";
    private static final long WAIT_SECONDS = 5;
    private static final long ANSWER_SECONDS = 10;
    /** A new primary must be noticed while retries still wait for it. */
    private static final long HEARTBEAT_SECONDS = 2;

    private static final Duration HEALTH_WITHIN = Duration.ofSeconds(2);

    private final MongoOptions options;
    private final MongoClient client;
    private final MongoDatabase database;
    private final MongoRetry retry;
    private final List<String> hosts;
    private final StreamClient streams;

    /**
     * Prepares the connection, and starts to connect in the background.
     *
     * @throws IllegalArgumentException the URI or the name of the database is invalid; the message has no password
     * @throws StoreUnavailableException the URI names DNS records that cannot be looked up now
     */
    public MongoConnection(MongoOptions options) {
        this(options, UnaryOperator.identity());
    }

    /**
     * Prepares the connection with further settings.
     *
     * @param more what a test adds to the driver's settings
     */
    MongoConnection(MongoOptions options, UnaryOperator<MongoClientSettings.Builder> more) {
        this.options = options;
        MongoNamespace.checkDatabaseNameValidity(options.database());
        MongoClientSettings settings =
                more.apply(settings(connectionString(options.uri()))).build();
        this.hosts = settings.getClusterSettings().getSrvHost() == null
                ? settings.getClusterSettings().getHosts().stream()
                        .map(ServerAddress::toString)
                        .toList()
                : List.of();
        this.client = MongoClients.create(settings);
        this.database = client.getDatabase(options.database());
        this.retry = new MongoRetry(options.retryFor(), new DatabaseOutage(this::primaryKnown, this::whyNoPrimary));
        this.streams = new StreamClient(settings, options.database(), hosts);
    }

    /**
     * Creates missing indexes and their collections. Calling it again changes nothing.
     *
     * @throws StoreUnavailableException the database cannot be reached, or refuses; calling again later is safe
     */
    public void createIndexes() {
        new MongoIndexes(database, retry).create(options.idempotencyKept());
    }

    /**
     * Creates the index that removing seen notifications needs. Calling it again changes nothing.
     *
     * @throws StoreUnavailableException the database cannot be reached, or refuses; calling again later is safe
     */
    public void createIndexOfSeen() {
        new MongoIndexes(database, retry).createForSeen();
    }

    /**
     * Creates the indexes of the relay log, in a database that has nothing else. {@link #createIndexes} creates them
     * too. Calling it again changes nothing.
     *
     * @throws StoreUnavailableException the database cannot be reached, or refuses; calling again later is safe
     */
    public void createRelayIndexes() {
        new MongoIndexes(database, retry).createForRelay();
    }

    /**
     * Checks that the database takes writes now. Returns within two seconds, without retries.
     *
     * @throws StoreUnavailableException it does not
     */
    public void check() {
        if (!primaryKnown()) {
            throw MongoFailures.noPrimary("ping", whyNoPrimary());
        }
        try {
            database.withTimeout(HEALTH_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .runCommand(new Document("ping", 1), ReadPreference.primary());
        } catch (MongoException failure) {
            throw MongoFailures.unavailable("ping", failure);
        }
    }

    /** Closes all connections. Current operations fail. */
    @Override
    public void close() {
        streams.close();
        client.close();
    }

    private boolean primaryKnown() {
        return client.getClusterDescription().hasWritableServer();
    }

    private String whyNoPrimary() {
        return Reachability.reason(client.getClusterDescription(), hosts);
    }

    MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    MongoDatabase database() {
        return database;
    }

    MongoRetry retry() {
        return retry;
    }

    StreamClient streams() {
        return streams;
    }

    private static ConnectionString connectionString(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (MongoException unknown) { // mongodb+srv asks the DNS at once
            throw new StoreUnavailableException("the DNS records of the MongoDB URI cannot be looked up");
        } catch (IllegalArgumentException wrong) {
            // The driver's message can repeat a part of the URI. If that has an @, it may be the password.
            String why = uri.contains("@") ? "" : ": " + wrong.getMessage();
            throw new IllegalArgumentException("not a MongoDB URI (mongodb://host:port/)" + why);
        }
    }

    private static MongoClientSettings.Builder settings(ConnectionString uri) {
        return MongoClientSettings.builder()
                .applicationName(APPLICATION)
                .retryWrites(true)
                .retryReads(true)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(WAIT_SECONDS, TimeUnit.SECONDS))
                .applyToConnectionPoolSettings(pool -> pool.maxWaitTime(WAIT_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
                        .readTimeout(ANSWER_SECONDS, TimeUnit.SECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(HEARTBEAT_SECONDS, TimeUnit.SECONDS))
                .applyConnectionString(uri)
                .readPreference(ReadPreference.primary())
                .writeConcern(writeConcern(uri.getWriteConcern()));
    }

    /** The URI may change how long to wait for a majority, but not ask for less than a majority. */
    private static WriteConcern writeConcern(WriteConcern ofUri) {
        Integer wait = ofUri == null ? null : ofUri.getWTimeout(TimeUnit.MILLISECONDS);
        long millis = wait == null ? TimeUnit.SECONDS.toMillis(WAIT_SECONDS) : wait;
        return WriteConcern.MAJORITY.withJournal(true).withWTimeout(millis, TimeUnit.MILLISECONDS);
    }
}
