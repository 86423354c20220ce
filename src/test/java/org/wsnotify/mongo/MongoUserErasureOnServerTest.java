package org.wsnotify.mongo;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.erasure.UserErasureContract;

/** Reads all collections on the server that MONGODB_TEST_URI names. */
class MongoUserErasureOnServerTest extends UserErasureContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected Stores emptyStores() {
        MongoConnection connection = DATABASE.connection();
        return new Stores(
                new MongoNotificationStore(connection),
                new MongoOutbox(connection),
                new MongoScheduleStore(connection),
                new MongoStoryStore(connection),
                new MongoIdempotencyStore(connection),
                new MongoUserDataStore(connection));
    }

    @Override
    protected void compact() {
        // MongoDB does that by itself.
    }

    @Override
    protected List<String> everythingStored() {
        return List.of(
                StreamSupport.stream(DATABASE.database().listCollectionNames().spliterator(), false)
                        .map(DATABASE::everythingIn)
                        .collect(Collectors.joining("\n")));
    }
}
