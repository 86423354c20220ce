package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.erasure.UserDataStoreContract;

class EmbeddedUserDataStoreTest extends UserDataStoreContract {

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected Stores emptyStores() {
        database = EmbeddedDatabase.open(directory);
        return new Stores(
                new EmbeddedNotificationStore(database),
                new EmbeddedOutbox(database),
                new EmbeddedUserDataStore(database));
    }

    @AfterEach
    void everyMailTextHasAnEntry() {
        database.read(tables -> {
            assertThat(tables.outbox().mails().keySet())
                    .isEqualTo(tables.outbox().mailUses().keySet());
            long uses = tables.outbox().mailUses().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(uses).isEqualTo(tables.outbox().entries().size());
            return null;
        });
        database.close();
    }
}
