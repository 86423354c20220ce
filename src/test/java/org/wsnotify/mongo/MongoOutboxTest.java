package org.wsnotify.mongo;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.wsnotify.outbox.Outbox;
import org.wsnotify.outbox.OutboxContract;

/** {@link MongoOutbox} on a stand-in for MongoDB in this process. */
class MongoOutboxTest extends OutboxContract {

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
    protected Outbox emptyOutbox() {
        return new MongoOutbox(database.emptied().connection());
    }
}
