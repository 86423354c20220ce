package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.story.StoryStoreContract;

/** {@link MongoStoryStore} on a substitute for MongoDB in this process. */
class MongoStoryStoreTest extends StoryStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    @Override
    protected Stores emptyStores() {
        MongoConnection connection = DATABASE.connection();
        return new Stores(
                new MongoNotificationStore(connection),
                new MongoRetractionStore(connection),
                new MongoStoryStore(connection));
    }
}
