package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.presence.PresenceStore;
import org.wsnotify.presence.PresenceStoreContract;

/** {@link MongoPresenceStore} on the server that MONGODB_TEST_URI names. */
class MongoPresenceStoreOnServerTest extends PresenceStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected PresenceStore emptyStore() {
        return new MongoPresenceStore(DATABASE.connection());
    }
}
