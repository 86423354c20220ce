package org.wsnotify.mongo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.IdempotencyStoreContract;

/** {@link MongoIdempotencyStore} on the server that MONGODB_TEST_URI names. */
class MongoIdempotencyStoreOnServerTest extends IdempotencyStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected IdempotencyStore emptyStore() {
        return new MongoIdempotencyStore(DATABASE.connection());
    }

    @Override
    protected String everythingStored() {
        return DATABASE.everythingIn(MongoIdempotencyStore.COLLECTION);
    }
}
