package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.retention.RetentionStoreContract;

/** {@link MongoRetentionStore} on a substitute for MongoDB in this process. */
class MongoRetentionStoreTest extends RetentionStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    @Override
    protected Stores emptyStores() {
        MongoConnection connection = DATABASE.connection();
        return new Stores(
                new MongoNotificationStore(connection),
                new MongoRetractionStore(connection),
                new MongoRetentionStore(connection));
    }
}
