package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.presence.PresenceStore;
import org.wsnotify.presence.PresenceStoreContract;

/** {@link MongoPresenceStore} on a substitute for MongoDB in this process. */
class MongoPresenceStoreTest extends PresenceStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    @Override
    protected PresenceStore emptyStore() {
        return new MongoPresenceStore(DATABASE.connection());
    }
}
