package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.NotificationStoreContract;

/** {@link MongoNotificationStore} on the server that MONGODB_TEST_URI names. */
class MongoNotificationStoreOnServerTest extends NotificationStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected NotificationStore emptyStore() {
        return new MongoNotificationStore(DATABASE.connection());
    }
}
