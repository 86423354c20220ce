package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.IdempotencyStore.Claim;
import org.wsnotify.delivery.Keys;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.outbox.OutboxEntry;

/** A file of format 2, written by an earlier build and kept as it was: every later build must read it. */
class ReleasedFileTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofHours(1);

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @BeforeEach
    void openTheFile() throws IOException {
        for (String name : List.of("notifications.mv", "notifications.commit")) {
            try (InputStream released = ReleasedFileTest.class.getResourceAsStream("released/" + name)) {
                Files.copy(released, directory.resolve(name));
            }
        }
        database = EmbeddedDatabase.open(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void inboxesAreAsTheyWere() {
        EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
        Message message =
                new Message("deploy", "Fertig \uD83D\uDD14", "<b>done</b>", "/jobs/7", "icon.png", "image.png");

        assertThat(store.page("anna", 0, 10))
                .containsExactly(
                        new Notification(
                                "65e5a1f70000000000000003", "anna", Message.of("seen"), true, NOW, NOW.plusSeconds(1)),
                        Notification.unseen("65e5a1f70000000000000001", "anna", message, NOW));
        assertThat(store.unseen("anna", 10, Long.MAX_VALUE))
                .extracting(Notification::id)
                .containsExactly("65e5a1f70000000000000001");
        assertThat(store.page("ben", 0, 10))
                .containsExactly(Notification.unseen("65e5a1f70000000000000002", "ben", message, NOW));
        DeletedState deleted =
                database.read(tables -> tables.inbox().deleted().get(new InboxKey("anna", "65e5a1f70000000000000004")));
        assertThat(deleted)
                .isEqualTo(new DeletedState(false, NOW.plusSeconds(2), Optional.empty(), RemovalReason.DELETED));
    }

    @Test
    void mailIsOwedAsItWas() {
        EmbeddedOutbox outbox = new EmbeddedOutbox(database);

        assertThat(outbox.status().owed()).isEqualTo(2);
        assertThat(outbox.addresseesOf("p").keySet()).containsExactlyInAnyOrder("p-0", "p-1", "p-2");
        assertThat(outbox.claim(NOW, LEASE)).map(OutboxEntry::id).contains("p-1");
        assertThat(outbox.claim(NOW.plusSeconds(4), LEASE)).isEmpty();
        assertThat(outbox.claim(NOW.plusSeconds(5), LEASE)).map(OutboxEntry::id).contains("p-2");
        String answer =
                database.read(tables -> tables.outbox().entries().get("p-0").lastAnswer());
        assertThat(answer).isEqualTo("250 ok");
    }

    @Test
    void idempotencyKeysAreRecognised() {
        EmbeddedIdempotencyStore keys = new EmbeddedIdempotencyStore(database);

        assertThat(Keys.claim(keys, "answered-key", "sha256:aa", "other", NOW, LEASE))
                .isEqualTo(new Claim.Answered("the answer"));
        assertThat(Keys.claim(keys, "claimed-key", "sha256:bb", "other", NOW, LEASE))
                .isEqualTo(new Claim.Granted("65e5a1f70000000000000005"));
    }

    @Test
    void fileThatWasWrittenToIsRefusedByEarlierServers() {
        new EmbeddedOutbox(database).claim(NOW, LEASE);
        database.close();

        try (MVStore file = MVStore.open(directory.resolve("notifications.mv").toString())) {
            assertThat(file.getStoreVersion()).isEqualTo(5);
        }
        database = EmbeddedDatabase.open(directory);
    }
}
