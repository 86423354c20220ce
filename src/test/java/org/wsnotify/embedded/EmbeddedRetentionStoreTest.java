package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.retention.RetentionStoreContract;
import org.wsnotify.retention.Types;

class EmbeddedRetentionStoreTest extends RetentionStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected Stores emptyStores() {
        database = EmbeddedDatabase.open(directory);
        return new Stores(
                new EmbeddedNotificationStore(database),
                new EmbeddedRetractionStore(database),
                new EmbeddedRetentionStore(database));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void messageGoesWithTheLastNotificationThatCarriesIt() {
        EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
        EmbeddedRetentionStore retention = new EmbeddedRetentionStore(database);
        Message message = Message.of("c").withGroup("g").expiringAt(NOW.plusSeconds(60));
        String annas = "6b0000000000000000000001";
        String bens = "6b0000000000000000000002";
        store.store(List.of(
                Notification.unseen(annas, "anna", message, NOW), Notification.unseen(bens, "ben", message, NOW)));
        store.delete("anna", List.of(annas), NOW);

        retention.removeDeleted(Types.ALL, NOW.plusSeconds(1), 10);
        assertThat(messages()).isEqualTo(1);
        store.markSeen("ben", List.of(bens), NOW);
        retention.removeSeen(Types.ALL, NOW.plusSeconds(1), 10);

        assertThat(messages()).isZero();
        database.read(tables -> {
            InboxTables inbox = tables.inbox();
            assertThat(List.of(inbox.notifications(), inbox.messageUses(), inbox.kept(), inbox.deleted()))
                    .allMatch(table -> table.isEmpty());
            assertThat(inbox.groups()).isEmpty();
            assertThat(inbox.unseen()).isEmpty();
            assertThat(inbox.seenAge().size()
                            + inbox.deletedAge().size()
                            + inbox.expiry().size())
                    .isZero();
            return null;
        });
    }

    private int messages() {
        return database.read(tables -> tables.inbox().messages().size());
    }
}
