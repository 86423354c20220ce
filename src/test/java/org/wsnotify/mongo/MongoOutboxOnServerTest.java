package org.wsnotify.mongo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.OutboxContract;

/** {@link MongoOutbox} on the server that MONGODB_TEST_URI names. */
class MongoOutboxOnServerTest extends OutboxContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Override
    protected MailOutbox emptyOutbox() {
        return new MongoOutbox(DATABASE.connection());
    }

    @Test
    void eachEntryNotesOnlyItsOwnAddressees() {
        MongoOutboxTest.notesOnlyItsOwnAddressees(DATABASE.connection());
    }
}
