package org.wsnotify.config;

import java.util.Optional;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.StoreUnavailableException;
import org.wsnotify.mongo.MongoConnection;
import org.wsnotify.mongo.MongoIdempotencyStore;
import org.wsnotify.mongo.MongoNotificationStore;
import org.wsnotify.mongo.MongoOptions;
import org.wsnotify.mongo.MongoOutbox;
import org.wsnotify.outbox.Outbox;

/** The stores on MongoDB. */
final class MongoStores implements Stores {

    private final MongoConnection connection;
    private final String database;

    MongoStores(String uri, String database) {
        this.database = database;
        try {
            this.connection = new MongoConnection(MongoOptions.of(uri, database));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("The setting " + Setting.MONGODB_URI.key() + " or "
                    + Setting.MONGODB_DATABASE.key() + " cannot work: " + e.getMessage() + ".");
        }
    }

    @Override
    public NotificationStore notifications() {
        return new MongoNotificationStore(connection);
    }

    @Override
    public Outbox outbox() {
        return new MongoOutbox(connection);
    }

    @Override
    public IdempotencyStore idempotency() {
        return new MongoIdempotencyStore(connection);
    }

    @Override
    public void prepare() {
        connection.createIndexes();
    }

    @Override
    public Optional<String> trouble() {
        try {
            connection.check();
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public String description() {
        return "MongoDB, database " + database;
    }

    @Override
    public void close() {
        connection.close();
    }
}
