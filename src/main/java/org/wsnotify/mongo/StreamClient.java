package org.wsnotify.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.List;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * A second client for change streams. A stream holds a connection while it waits; so it must not take one from the
 * operations of requests.
 *
 * <p>Connects when it is first used. Safe for use by many threads.
 */
final class StreamClient implements AutoCloseable {

    /** One for the stream; one to end a stream while the next one begins. */
    private static final int CONNECTIONS = 2;

    private final MongoClientSettings settings;
    private final String database;
    private final List<String> hosts;
    private MongoClient client;
    private boolean closed;

    /**
     * @param settings of the client for operations
     * @param hosts the hosts of the URI, with their ports; empty if it names an SRV record
     */
    StreamClient(MongoClientSettings settings, String database, List<String> hosts) {
        this.settings = MongoClientSettings.builder(settings)
                .applyToConnectionPoolSettings(pool -> pool.minSize(0).maxSize(CONNECTIONS))
                .build();
        this.database = database;
        this.hosts = hosts;
    }

    MongoDatabase database() {
        return client().getDatabase(database);
    }

    private synchronized MongoClient client() {
        if (closed) {
            throw new StoreUnavailableException("The connection to MongoDB is closed");
        }
        if (client == null) {
            client = MongoClients.create(settings);
        }
        return client;
    }

    /** Returns the exception of the ports for a failure. If the driver found no server, its message does not help. */
    synchronized StoreUnavailableException unavailable(String what, MongoException failure) {
        return failure instanceof MongoTimeoutException && client != null
                ? MongoFailures.noPrimary(what, Reachability.reason(client.getClusterDescription(), hosts))
                : MongoFailures.unavailable(what, failure);
    }

    /** Ends all streams. */
    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
