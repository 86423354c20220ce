package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.erasure.UserDataStoreContract;

/** {@link MongoUserDataStore} on the server that MONGODB_TEST_URI names. */
class MongoUserDataStoreOnServerTest extends UserDataStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected Stores emptyStores() {
        MongoConnection connection = DATABASE.connection();
        return new Stores(
                new MongoNotificationStore(connection),
                new MongoOutbox(connection),
                new MongoUserDataStore(connection));
    }
}
