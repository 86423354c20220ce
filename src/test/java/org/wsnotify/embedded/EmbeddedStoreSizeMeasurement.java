package org.wsnotify.embedded;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.StoreSizeMeasurement;

class EmbeddedStoreSizeMeasurement extends StoreSizeMeasurement {

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected NotificationStore emptyStore() {
        database = EmbeddedDatabase.open(directory);
        return new EmbeddedNotificationStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
