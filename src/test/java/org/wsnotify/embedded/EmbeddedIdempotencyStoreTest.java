package org.wsnotify.embedded;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.IdempotencyStoreContract;

class EmbeddedIdempotencyStoreTest extends IdempotencyStoreContract {

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected IdempotencyStore emptyStore() {
        database = EmbeddedDatabase.open(directory);
        return new EmbeddedIdempotencyStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
