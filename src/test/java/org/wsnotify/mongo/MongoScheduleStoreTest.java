package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduleStoreContract;

/** {@link MongoScheduleStore} on a substitute for MongoDB in this process. */
class MongoScheduleStoreTest extends ScheduleStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    @Override
    protected ScheduleStore emptyStore() {
        return new MongoScheduleStore(DATABASE.connection());
    }
}
