package org.wsnotify.mongo;

import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.presence.NodeStore;
import org.wsnotify.presence.NodeStoreContract;

/** {@link MongoNodeStore} on the server that MONGODB_TEST_URI names. */
class MongoNodeStoreOnServerTest extends NodeStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    private NodeStore store;

    @Override
    protected NodeStore emptyStore() {
        store = new MongoNodeStore(DATABASE.connection());
        return store;
    }

    @Override
    protected void letPass(Duration time) {
        Instant until = store.time().plus(time);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !store.time().isBefore(until));
    }
}
