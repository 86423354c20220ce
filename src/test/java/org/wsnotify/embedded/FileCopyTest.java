package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.outbox.OwedMails;

class FileCopyTest {

    private static final int MESSAGES = 400;
    private static final int LENGTH = 100_000;

    private static final int USERS = 100;
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    @TempDir
    Path directory;

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());

    @Test
    void longTextsAreWrittenInSteps() {
        Path path = directory.resolve("copy");
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("store"))) {
            EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
            for (int i = 0; i < MESSAGES; i++) {
                Message message = Message.of("x".repeat(LENGTH) + i);
                store.store(List.of(Notification.unseen(ids.reserve(1), "anna", message, Instant.EPOCH)));
            }
            database.copy((file, copying) -> copy(file, path, copying));
        }

        MVStore copy = FileFormat.open(path);
        try {
            assertThat(Tables.of(copy).inbox().messages()).hasSize(MESSAGES);
            assertThat(copy.getCurrentVersion())
                    .as("one commit for every eight megabytes")
                    .isBetween(5L, 20L);
        } finally {
            copy.closeImmediately();
        }
    }

    @Test
    void copyFollowsChangesOfAllKinds() {
        Path path = directory.resolve("copy");
        List<Map<Object, Object>> original = new ArrayList<>();
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("store"))) {
            List<Notification> before = publication("before");
            EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
            store.store(before);
            EmbeddedOutbox outbox = new EmbeddedOutbox(database);
            outbox.owe(List.of(OwedMails.entry("p1-1", NOW, "user1"), OwedMails.entry("p1-2", NOW, "user2")));

            database.copy((file, copying) -> {
                FileCopy copy = file.copier().begin(path, copying);
                for (Notification one : before.subList(0, 50)) {
                    store.markSeen(one.userId(), List.of(one.id()), NOW);
                }
                for (Notification one : before.subList(40, 60)) {
                    store.delete(one.userId(), List.of(one.id()), NOW);
                }
                new EmbeddedUserDataStore(database).eraseNotifications("user99", 10);
                new EmbeddedUserDataStore(database).eraseMails("user1");
                outbox.claim(NOW, Duration.ofMinutes(1));
                for (int i = 0; i < 20; i++) {
                    store.store(publication("later " + i));
                }
                original.addAll(
                        contents(file.read(tables -> tables.inbox().present().getStore())));
                complete(file, copy);
            });
        }

        MVStore copy = FileFormat.open(path);
        try {
            assertThat(contents(copy)).isEqualTo(original);
            assertThat(Tables.of(copy).inbox().notifications()).hasSize(21 * USERS - 1);
        } finally {
            copy.closeImmediately();
        }
    }

    @Test
    void copyThatIsNotWantedAnyMoreEndsSoonAndIsNotFollowed() {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("store"))) {
            EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
            for (int i = 0; i < 20; i++) {
                store.store(publication("one of many"));
            }
            database.copy((file, unused) -> {
                AtomicInteger questions = new AtomicInteger();
                Copying ended = new Copying(() -> questions.incrementAndGet() > 10);

                assertThatThrownBy(() -> file.copier().begin(directory.resolve("rewrite"), ended))
                        .isInstanceOf(CopyEndedException.class);
                assertThat(questions).as("asked after the answer").hasValue(11);
                assertIsNotTracked(file);

                questions.set(0);
                assertThatThrownBy(() -> copy(file, directory.resolve("backup"), ended))
                        .isInstanceOf(CopyEndedException.class);
                assertThat(questions).as("asked after the answer").hasValue(11);
            });
        }
    }

    @Test
    void copyThatIsNotWantedAnyMoreEndsWhileItFollows() {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("store"))) {
            database.copy((file, unused) -> {
                AtomicBoolean ended = new AtomicBoolean();
                FileCopy copy = file.copier().begin(directory.resolve("copy"), new Copying(ended::get));
                new EmbeddedNotificationStore(database).store(publication("later"));
                ended.set(true);

                assertThatThrownBy(() -> file.copier().complete(copy)).isInstanceOf(CopyEndedException.class);
                assertIsNotTracked(file);
            });
        }
    }

    /** Changes that are noted for nobody would fill the memory. */
    private static void assertIsNotTracked(OpenedFile file) {
        MVStore store = file.read(tables -> tables.inbox().present().getStore());
        assertThat(AllTables.of(store))
                .isNotEmpty()
                .allSatisfy(table -> assertThat(table)
                        .isInstanceOfSatisfying(
                                TrackedMap.class,
                                it -> assertThat(it.isTracked()).isFalse()));
    }

    private List<Notification> publication(String text) {
        String first = ids.reserve(USERS);
        return IntStream.range(0, USERS)
                .mapToObj(i -> Notification.unseen(
                        NotificationIds.plus(first, i), "user" + i, Message.of(text), Instant.EPOCH))
                .toList();
    }

    private static List<Map<Object, Object>> contents(MVStore store) {
        List<Map<Object, Object>> all = new ArrayList<>();
        AllTables.of(store).forEach(table -> all.add(new HashMap<>(table)));
        return all;
    }

    private static void complete(OpenedFile file, FileCopy copy) {
        try {
            file.copier().complete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(OpenedFile file, Path path, Copying copying) {
        try {
            file.copier().copyOfNow(path, copying);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
