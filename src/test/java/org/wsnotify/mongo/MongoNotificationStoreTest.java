package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.NotificationStoreContract;

/** {@link MongoNotificationStore} on a substitute for MongoDB in this process. */
class MongoNotificationStoreTest extends NotificationStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    @Override
    protected NotificationStore emptyStore() {
        return new MongoNotificationStore(DATABASE.connection());
    }
}
