package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduleStoreContract;

/** {@link MongoScheduleStore} on the server that MONGODB_TEST_URI names. */
class MongoScheduleStoreOnServerTest extends ScheduleStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected ScheduleStore emptyStore() {
        return new MongoScheduleStore(DATABASE.connection());
    }
}
