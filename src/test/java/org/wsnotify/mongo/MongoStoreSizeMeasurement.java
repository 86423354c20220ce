package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.StoreSizeMeasurement;

/** On the server that MONGODB_TEST_URI names. */
class MongoStoreSizeMeasurement extends StoreSizeMeasurement {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected NotificationStore emptyStore() {
        return new MongoNotificationStore(DATABASE.connection());
    }
}
