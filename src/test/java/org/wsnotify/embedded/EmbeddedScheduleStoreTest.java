package org.wsnotify.embedded;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduleStoreContract;

class EmbeddedScheduleStoreTest extends ScheduleStoreContract {

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected ScheduleStore emptyStore() {
        database = EmbeddedDatabase.open(directory);
        return new EmbeddedScheduleStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
