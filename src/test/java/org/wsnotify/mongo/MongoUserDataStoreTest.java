package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.erasure.UserDataStoreContract;

/** {@link MongoUserDataStore} on a substitute for MongoDB in this process. */
class MongoUserDataStoreTest extends UserDataStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    @Override
    protected Stores emptyStores() {
        MongoConnection connection = DATABASE.connection();
        return new Stores(
                new MongoNotificationStore(connection),
                new MongoOutbox(connection),
                new MongoUserDataStore(connection));
    }
}
