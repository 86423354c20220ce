package org.wsnotify.config;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.mongo.MongoConnection;
import org.wsnotify.mongo.MongoIdempotencyStore;
import org.wsnotify.mongo.MongoNodeStore;
import org.wsnotify.mongo.MongoNotificationFates;
import org.wsnotify.mongo.MongoNotificationStore;
import org.wsnotify.mongo.MongoOptions;
import org.wsnotify.mongo.MongoOutbox;
import org.wsnotify.mongo.MongoPresenceStore;
import org.wsnotify.mongo.MongoRelayLog;
import org.wsnotify.mongo.MongoRetentionStore;
import org.wsnotify.mongo.MongoRetractionStore;
import org.wsnotify.mongo.MongoScheduleStore;
import org.wsnotify.mongo.MongoStoryStore;
import org.wsnotify.mongo.MongoUserDataStore;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.operator.Backups;
import org.wsnotify.operator.Backups.BackupException;
import org.wsnotify.operator.Backups.BackupException.Reason;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.NotificationFates;
import org.wsnotify.presence.NodeStore;
import org.wsnotify.presence.PresenceStore;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retraction.RetractionStore;
import org.wsnotify.story.StoryStore;

/** The stores on MongoDB. */
final class MongoStores implements Stores {

    private static final int DNS_ATTEMPTS = 10;
    private static final Duration BETWEEN_DNS_ATTEMPTS = Duration.ofSeconds(3);

    private final MongoConnection connection;
    private final MongoConnection relayConnection;
    private final String database;
    private final boolean removesSeen;

    /**
     * @param relayUri the MongoDB through which servers tell each other, if it is another one
     * @param removesSeen whether seen notifications are removed after a time
     */
    MongoStores(String uri, Optional<String> relayUri, String database, boolean removesSeen) {
        this.database = database;
        this.removesSeen = removesSeen;
        this.connection = connection(Setting.MONGODB_URI, MongoOptions.of(uri, database));
        this.relayConnection = relayUri.map(other -> connection(Setting.RELAY_URI, MongoOptions.of(other, database)))
                .orElse(connection);
    }

    private static MongoConnection connection(Setting setting, MongoOptions options) {
        try {
            return connection(options);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("The setting " + setting.key() + " or " + Setting.MONGODB_DATABASE.key()
                    + " cannot work: " + e.getMessage() + ".");
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
    public RetractionStore retractions() {
        return new MongoRetractionStore(connection);
    }

    @Override
    public NotificationFates fates() {
        return new MongoNotificationFates(connection);
    }

    @Override
    public RetentionStore retention() {
        return new MongoRetentionStore(connection);
    }

    @Override
    public StoryStore stories() {
        return new MongoStoryStore(connection);
    }

    @Override
    public Backups backups() {
        return () -> {
            throw new BackupException(
                    Reason.NOT_SUPPORTED, "Notifications are in MongoDB. Back it up with mongodump or a snapshot.");
        };
    }

    @Override
    public UserDataStore userData() {
        return new MongoUserDataStore(connection);
    }

    @Override
    public ScheduleStore schedule() {
        return new MongoScheduleStore(connection);
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
    public NodeStore nodes() {
        return new MongoNodeStore(connection);
    }

    @Override
    public PresenceStore presence() {
        return new MongoPresenceStore(connection);
    }

    @Override
    public RelayLog relay(Clock clock) {
        return new MongoRelayLog(relayConnection, clock);
    }

    @Override
    public void prepare() {
        connection.createIndexes();
        if (removesSeen) {
            connection.createIndexOfSeen();
        }
        relayConnection.createRelayIndexes();
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
    public void erased() {
        // MongoDB overwrites it by itself
    }

    @Override
    public void compact() {
        // MongoDB reuses the space
    }

    @Override
    public String description() {
        return "MongoDB, database " + database;
    }

    @Override
    public void close() {
        if (relayConnection != connection) {
            relayConnection.close();
        }
        connection.close();
    }
}
