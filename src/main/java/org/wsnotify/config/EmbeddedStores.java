package org.wsnotify.config;

import java.nio.file.Path;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.embedded.EmbeddedDatabase;
import org.wsnotify.embedded.EmbeddedIdempotencyStore;
import org.wsnotify.embedded.EmbeddedNotificationStore;
import org.wsnotify.embedded.EmbeddedOutbox;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.StoreUnavailableException;
import org.wsnotify.outbox.Outbox;

/** The stores in a file of this server. */
final class EmbeddedStores implements Stores {

    private final Path directory;
    private final EmbeddedDatabase database;

    EmbeddedStores(Path directory) {
        this.directory = directory;
        try {
            this.database = EmbeddedDatabase.open(directory);
        } catch (StoreUnavailableException e) {
            throw new SettingsException(
                    "The setting " + Setting.EMBEDDED_DIRECTORY.key() + " cannot work: " + e.getMessage() + ".");
        }
    }

    @Override
    public NotificationStore notifications() {
        return new EmbeddedNotificationStore(database);
    }

    @Override
    public Outbox outbox() {
        return new EmbeddedOutbox(database);
    }

    @Override
    public IdempotencyStore idempotency() {
        return new EmbeddedIdempotencyStore(database);
    }

    @Override
    public void prepare() {
        database.check();
    }

    @Override
    public boolean answers() {
        try {
            database.check();
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    @Override
    public String description() {
        return "the folder " + directory;
    }

    @Override
    public void close() {
        database.close();
    }
}
