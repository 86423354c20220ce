package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.erasure.UserDataStoreContract;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;

class EmbeddedUserDataStoreTest extends UserDataStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected Stores emptyStores() {
        database = EmbeddedDatabase.open(directory);
        return new Stores(
                new EmbeddedNotificationStore(database),
                new EmbeddedOutbox(database),
                new EmbeddedUserDataStore(database));
    }

    @Test
    void mailIsErasedThoughItsTextIsMissing() {
        EmbeddedOutbox outbox = new EmbeddedOutbox(database);
        outbox.owe(List.of(mail("p1-1", "anna")));
        outbox.owe(List.of(mail("p2-1", "anna")));
        database.write(tables -> tables.outbox().mails().remove("p1-1"));
        EmbeddedUserDataStore data = new EmbeddedUserDataStore(database);

        assertThat(data.mails("anna", Optional.empty(), 10))
                .extracting(OutboxEntry::id)
                .containsExactly("p2-1");
        assertThat(data.eraseMails("anna")).isEqualTo(2);
        assertNoEntries();
    }

    @Test
    void mailIsErasedThoughTheNumberOfItsUsesIsMissing() {
        EmbeddedOutbox outbox = new EmbeddedOutbox(database);
        outbox.owe(List.of(mail("p1-1", "anna"), mail("p1-2", "ben")));
        database.write(tables -> tables.outbox().mailUses().remove("p1-1"));
        EmbeddedUserDataStore data = new EmbeddedUserDataStore(database);

        assertThat(data.eraseMails("anna")).isEqualTo(1);
        assertThat(outbox.claim(NOW, Duration.ofMinutes(1)))
                .map(entry -> entry.owed().mail())
                .contains(OwedMails.MAIL);

        assertThat(data.eraseMails("ben")).isEqualTo(1);
        assertNoEntries();
    }

    @Test
    void mailsAreErasedAmongMoreOfOthersThanAreReadAtOnce() {
        List<OutboxEntry<OwedMail>> mails = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            mails.add(mail("p1-" + i, i % 1200 == 0 ? "anna" : "ben"));
        }
        new EmbeddedOutbox(database).owe(mails);

        assertThat(new EmbeddedUserDataStore(database).eraseMails("anna")).isEqualTo(3);

        assertThat(database.<Integer>read(tables -> tables.outbox().entries().size()))
                .isEqualTo(2497);
    }

    private void assertNoEntries() {
        assertThat(database.<Boolean>read(tables -> tables.outbox().entries().isEmpty()))
                .isTrue();
    }

    private static OutboxEntry<OwedMail> mail(String id, String user) {
        return OwedMails.entry(id, OwedMails.MAIL, NOW, NOW, user);
    }

    @AfterEach
    void everyMailTextHasAnEntry() {
        database.read(tables -> {
            assertThat(tables.outbox().mails().keySet())
                    .isEqualTo(tables.outbox().mailUses().keySet());
            long uses = tables.outbox().mailUses().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(uses).isEqualTo(tables.outbox().entries().size());
            return null;
        });
        database.close();
    }
}
