package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.story.StoryStoreContract;

/** {@link MongoStoryStore} on the server that MONGODB_TEST_URI names. */
class MongoStoryStoreOnServerTest extends StoryStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected Stores emptyStores() {
        MongoConnection connection = DATABASE.connection();
        return new Stores(
                new MongoNotificationStore(connection),
                new MongoRetractionStore(connection),
                new MongoStoryStore(connection));
    }
}
