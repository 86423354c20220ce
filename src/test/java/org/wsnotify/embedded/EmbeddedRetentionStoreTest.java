package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.retention.AgePosition;
import org.wsnotify.retention.RetentionStoreContract;
import org.wsnotify.retention.Types;

class EmbeddedRetentionStoreTest extends RetentionStoreContract {

    private static final int A_DAY = 40;
    private static final int TEXT_BYTES = 2_000;
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

        retention.removeDeleted(Types.ALL, NOW.plusSeconds(1), Optional.empty(), 10);
        assertThat(messages()).isEqualTo(1);
        store.markSeen("ben", List.of(bens), NOW);
        retention.removeSeen(Types.ALL, NOW.plusSeconds(1), Optional.empty(), 10);

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

    @Test
    void stepExaminesFewOfOtherTypes() {
        EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
        EmbeddedRetentionStore retention = new EmbeddedRetentionStore(database);
        Types chat = new Types(Set.of("chat"), Set.of());
        List<Notification> all = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            Message message = new Message(i < 2_400 ? "news" : "chat", "", "c", "", "", "");
            all.add(Notification.unseen("6b000000%016d".formatted(i), "anna", message, NOW));
        }
        store.store(all);
        store.delete("anna", all.stream().map(Notification::id).toList(), NOW);

        Optional<AgePosition> last = Optional.empty();
        List<Integer> counts = new ArrayList<>();
        boolean more = true;
        while (more) {
            var step = retention.removeDeleted(chat, NOW.plusSeconds(1), last, 60);
            last = step.last();
            counts.add(step.swept().count());
            more = step.swept().more();
        }

        assertThat(counts).containsExactly(0, 0, 60, 40);
    }

    @Test
    void fileIsAsLargeAsWhatIsKeptAfterAYear() {
        EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
        EmbeddedRetentionStore retention = new EmbeddedRetentionStore(database);
        Random texts = new Random(1);
        Optional<String> walked = Optional.empty();
        for (int day = 0; day < 365; day++) {
            Instant date = NOW.plus(Duration.ofDays(day));
            String first = new NotificationIds(Clock.fixed(date, ZoneOffset.UTC)).reserve(A_DAY);
            List<Notification> some = new ArrayList<>();
            for (int i = 0; i < A_DAY; i++) {
                Message message = Message.of(incompressible(texts));
                some.add(Notification.unseen(NotificationIds.plus(first, i), "user" + i, message, date));
            }
            store.store(some);
            boolean more = true;
            while (more) {
                var step = retention.removeOld(Types.ALL, date.minus(Duration.ofDays(90)), walked, 50);
                walked = step.last().isPresent() ? step.last() : walked;
                more = step.swept().more();
            }
        }

        database.compact();

        long kept = 90L * A_DAY * TEXT_BYTES;
        assertThat(directory.resolve(StoreFolder.FILE_NAME).toFile().length()).isBetween(kept, kept * 3 / 2);
    }

    private static String incompressible(Random texts) {
        byte[] bytes = new byte[TEXT_BYTES * 3 / 4];
        texts.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private int messages() {
        return database.read(tables -> tables.inbox().messages().size());
    }
}
