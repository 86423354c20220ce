package org.wsnotify.embedded;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.story.StoryStoreContract;

class EmbeddedStoryStoreTest extends StoryStoreContract {

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected Stores emptyStores() {
        database = EmbeddedDatabase.open(directory);
        return new Stores(
                new EmbeddedNotificationStore(database),
                new EmbeddedRetractionStore(database),
                new EmbeddedStoryStore(database));
    }

    @AfterEach
    void close() {
        database.close();
    }
}
