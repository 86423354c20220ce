package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.erasure.UserDataStoreContract;
import org.wsnotify.outbox.OwedMails;

/** {@link MongoUserDataStore} on a substitute for MongoDB in this process. */
class MongoUserDataStoreTest extends UserDataStoreContract {

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::inProcess);

    @Override
    protected Stores emptyStores() {
        MongoConnection connection = DATABASE.connection();
        return new Stores(
                new MongoNotificationStore(connection),
                new MongoOutbox(connection),
                new MongoUserDataStore(connection));
    }

    @Test
    void damagedMailDoesNotStopAnErasure() {
        MongoConnection connection = DATABASE.connection();
        new MongoOutbox(connection)
                .owe(List.of(OwedMails.entry("damaged", Instant.parse("2026-03-04T05:06:07Z"), "anna", "ben")));
        MongoCollection<Document> outbox = connection.collection(MongoOutbox.COLLECTION);
        outbox.updateMany(new Document(), Updates.combine(Updates.unset("mail"), Updates.set("condition", "?")));
        MongoUserDataStore data = new MongoUserDataStore(connection);

        assertThat(data.addresses("anna")).containsExactly("anna@a.example");
        assertThat(data.eraseMails("anna")).isEqualTo(1);

        assertThat(data.addresses("anna")).isEmpty();
        assertThat(data.addresses("ben")).hasSize(1);
    }
}
