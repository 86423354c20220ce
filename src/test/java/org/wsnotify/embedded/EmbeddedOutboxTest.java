package org.wsnotify.embedded;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.outbox.Outbox;
import org.wsnotify.outbox.OutboxContract;

class EmbeddedOutboxTest extends OutboxContract {

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected Outbox emptyOutbox() {
        database = EmbeddedDatabase.open(directory);
        return new EmbeddedOutbox(database);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
