package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;

/** A file of before format 5 is completed in steps, and may be stopped between any two of them. */
class FileUpgradeTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final int USERS = 10;
    private static final int PER_STEP = 7;

    @TempDir
    Path directory;

    private Map<String, Map<Object, Object>> complete;

    @BeforeEach
    void storeAndTakeTheNewTables() {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
            NotificationIds ids = new NotificationIds(Clock.systemUTC());
            Random times = new Random(1);
            for (int message = 0; message < 6; message++) {
                List<Notification> publication = publication(ids, Message.of("message " + message));
                store.store(publication);
                for (Notification one : publication) {
                    Instant when = NOW.plusSeconds(times.nextInt(20));
                    if (message % 2 == 0) {
                        store.markSeen(one.userId(), List.of(one.id()), when);
                    } else if (message % 3 == 0) {
                        store.delete(one.userId(), List.of(one.id()), when);
                    }
                }
            }
            complete = database.read(tables -> contents(tables.inbox()));
        }
        raw(store -> {
            newTables(Tables.of(store).inbox()).values().forEach(MVMap::clear);
            store.setStoreVersion(4);
            store.commit();
        });
    }

    @Test
    void earlierFileIsCompleteAfterItWasOpened() {
        assertThat(complete.get("seenAge")).hasSize(3 * USERS);
        assertThat(complete.get("deletedAge")).hasSize(USERS);
        assertThat(complete.get("messageUses").values())
                .containsExactlyElementsOf(Collections.nCopies(6, (long) USERS));
        assertOpensComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7, 9, 13, 15})
    void upgradeThatIsStoppedIsRepeated(int steps) {
        stopAfter(steps);

        raw(store -> {
            assertThat(store.getStoreVersion()).isEqualTo(4);
            assertThat(entries(store)).isEqualTo(Math.min(3 * USERS, PER_STEP * (steps - 1)));
        });
        assertOpensComplete();
    }

    @Test
    void whatAnEarlierServerChangesAfterAStoppedUpgradeIsRight() {
        stopAfter(9);
        raw(store -> {
            InboxTables inbox = Tables.of(store).inbox();
            InboxKey erased = inbox.kept().firstKey();
            inbox.kept().remove(erased);
            StoredNotification gone = inbox.notifications().remove(erased.id());
            store.commit();

            complete.get("seenAge")
                    .keySet()
                    .removeIf(key -> ((TimeKey) key).id().equals(erased.id()));
            complete.get("messageUses").computeIfPresent(gone.message(), (message, uses) -> (Long) uses - 1);
        });

        assertOpensComplete();
    }

    private void stopAfter(int steps) {
        int[] done = {0};
        raw(store -> assertThatThrownBy(() -> FileUpgrade.run(Tables.of(store).inbox(), PER_STEP, () -> {
                    if (done[0]++ == steps) {
                        throw new IllegalStateException("killed");
                    }
                    store.commit();
                }))
                .hasMessage("killed"));
    }

    private void assertOpensComplete() {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(database.<Map<String, Map<Object, Object>>>read(tables -> contents(tables.inbox())))
                    .isEqualTo(complete);
        }
        raw(store -> assertThat(store.getStoreVersion()).isEqualTo(5));
    }

    /** Uses the file as it is, and leaves it without a further commit. */
    private void raw(Consumer<MVStore> use) {
        MVStore store = FileFormat.open(directory.resolve(StoreFolder.FILE_NAME));
        try {
            use.accept(store);
        } finally {
            store.closeImmediately();
        }
    }

    private static int entries(MVStore store) {
        return newTables(Tables.of(store).inbox()).get("seenAge").size();
    }

    private static Map<String, MVMap<?, ?>> newTables(InboxTables inbox) {
        return Map.of(
                "seenAge", inbox.seenAge().map(),
                "deletedAge", inbox.deletedAge().map(),
                "messageUses", inbox.messageUses());
    }

    private static Map<String, Map<Object, Object>> contents(InboxTables inbox) {
        Map<String, Map<Object, Object>> all = new HashMap<>();
        newTables(inbox).forEach((name, table) -> all.put(name, new HashMap<>(table)));
        return all;
    }

    private static List<Notification> publication(NotificationIds ids, Message message) {
        List<Notification> all = new ArrayList<>();
        String first = ids.reserve(USERS);
        for (int user = 0; user < USERS; user++) {
            all.add(Notification.unseen(NotificationIds.plus(first, user), "user" + user, message, NOW));
        }
        return all;
    }
}
