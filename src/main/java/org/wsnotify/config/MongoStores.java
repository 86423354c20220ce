package org.wsnotify.config;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.mongo.MongoConnection;
import org.wsnotify.mongo.MongoIdempotencyStore;
import org.wsnotify.mongo.MongoNotificationStore;
import org.wsnotify.mongo.MongoOptions;
import org.wsnotify.mongo.MongoOutbox;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.MailOutbox;

/** The stores on MongoDB. */
final class MongoStores implements Stores {

    private static final int DNS_ATTEMPTS = 10;
    private static final Duration BETWEEN_DNS_ATTEMPTS = Duration.ofSeconds(3);

    private final MongoConnection connection;
    private final String database;

    MongoStores(String uri, String database) {
        this.database = database;
        try {
            this.connection = connection(MongoOptions.of(uri, database));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("The setting " + Setting.MONGODB_URI.key() + " or "
                    + Setting.MONGODB_DATABASE.key() + " cannot work: " + e.getMessage() + ".");
        }
    }

    /** Tries again for a while: a server that starts together with its network may be up before the DNS. */
    private static MongoConnection connection(MongoOptions options) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new MongoConnection(options);
            } catch (StoreUnavailableException e) {
                if (attempt == DNS_ATTEMPTS) {
                    throw new IllegalArgumentException(e.getMessage(), e);
                }
                LockSupport.parkNanos(BETWEEN_DNS_ATTEMPTS.toNanos());
            }
        }
    }

    @Override
    public NotificationStore notifications() {
        return new MongoNotificationStore(connection);
    }

    @Override
    public MailOutbox outbox() {
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
