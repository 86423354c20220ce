package org.wsnotify.mongo;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.NotificationStoreContract;

/** {@link MongoNotificationStore} on a stand-in for MongoDB in this process. */
class MongoNotificationStoreTest extends NotificationStoreContract {

    private static MongoTestDatabase database;

    @BeforeAll
    static void connect() {
        database = MongoTestDatabase.inProcess();
    }

    @AfterAll
    static void disconnect() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    protected NotificationStore emptyStore() {
        return new MongoNotificationStore(database.emptied().connection());
    }
}
