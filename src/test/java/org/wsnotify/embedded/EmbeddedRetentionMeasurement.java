package org.wsnotify.embedded;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.retention.RetentionMeasurement;

class EmbeddedRetentionMeasurement extends RetentionMeasurement {

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected Stores emptyStores() {
        database = EmbeddedDatabase.open(directory);
        return new Stores(new EmbeddedNotificationStore(database), new EmbeddedRetentionStore(database));
    }

    @Override
    protected void compact() {
        database.compact();
    }

    @Override
    protected String size() {
        return directory.resolve(StoreFolder.FILE_NAME).toFile().length() / 1024 + " KiB";
    }

    @AfterEach
    void close() {
        database.close();
    }
}
