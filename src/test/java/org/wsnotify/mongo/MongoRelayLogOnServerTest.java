package org.wsnotify.mongo;

import java.time.Clock;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.relay.RelayLogContract;

/** {@link MongoRelayLog} on the server that MONGODB_TEST_URI names. */
class MongoRelayLogOnServerTest extends RelayLogContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected RelayLog emptyLog() {
        return new MongoRelayLog(DATABASE.connection(), Clock.systemUTC());
    }
}
