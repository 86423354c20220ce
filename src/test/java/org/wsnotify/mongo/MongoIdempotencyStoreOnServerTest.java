package org.wsnotify.mongo;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.IdempotencyStoreContract;

/** {@link MongoIdempotencyStore} on the server that MONGODB_TEST_URI names. */
class MongoIdempotencyStoreOnServerTest extends IdempotencyStoreContract {

    private static MongoTestDatabase database;

    @BeforeAll
    static void connect() {
        database = MongoTestDatabase.onServer();
    }

    @AfterAll
    static void disconnect() {
        if (database != null) {
            database.close();
        }
    }

    @Override
    protected IdempotencyStore emptyStore() {
        return new MongoIdempotencyStore(database.emptied().connection());
    }

    @Override
    protected String everythingStored() {
        return database.everythingIn(MongoIdempotencyStore.COLLECTION);
    }
}
