package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Outbox;
import org.wsnotify.outbox.OutboxContract;
import org.wsnotify.outbox.OutboxEntry;

/** {@link MongoOutbox} on a stand-in for MongoDB in this process. */
class MongoOutboxTest extends OutboxContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(2);

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

    @Test
    void aDocumentThatCannotBeReadIsPutOffAndTheOthersAreClaimed() {
        MongoCollection<Document> documents = database.connection().collection(MongoOutbox.COLLECTION);
        Document due = new Document(OutboxDocument.STATE, "OWED").append(OutboxDocument.DUE, NOW.minusSeconds(9));
        documents.insertOne(new Document(due).append(OutboxDocument.ID, "nothing in it"));
        documents.insertOne(new Document(due).append(OutboxDocument.ID, 7).append(OutboxDocument.ADDRESSEES, "anna"));
        MongoOutbox outbox = new MongoOutbox(database.connection());
        Mail mail = new Mail("s", "c", "1.0", "text/plain");
        outbox.owe(List.of(OutboxEntry.owed("good", mail, List.of(), false, NOW, NOW)));

        try (LoggedLines log = new LoggedLines(MongoOutbox.class)) {
            assertThat(outbox.claim(NOW, LEASE)).map(OutboxEntry::id).contains("good");
            assertThat(outbox.claim(NOW, LEASE)).isEmpty();
            assertThat(log.lines()).hasSize(2);
        }
        assertThat(outbox.status().owed()).isEqualTo(3);
    }
}
