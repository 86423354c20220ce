package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.Background;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.retention.Types;

/** The file gives its space back while it is in use. */
class CompactionTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final int STORED = 40_000;
    private static final int AT_ONCE = 200;
    private static final Copying WANTED = new Copying(() -> false);

    @TempDir
    Path directory;

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private EmbeddedDatabase database;
    private EmbeddedNotificationStore store;

    @BeforeEach
    void open() {
        database = EmbeddedDatabase.open(directory);
        store = new EmbeddedNotificationStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void fileShrinksAgainWhileOthersStore() {
        for (int stored = 0; stored < STORED; stored += AT_ONCE) {
            store.store(notifications(AT_ONCE, stored));
        }
        long full = size();
        AtomicBoolean running = new AtomicBoolean(true);
        List<String> meanwhile = new ArrayList<>();
        CompletableFuture<Void> writer = Background.run(() -> {
            while (running.get()) {
                Notification one = notification("writer", Message.of("y"));
                store.store(List.of(one));
                meanwhile.add(one.id());
            }
        });

        EmbeddedRetentionStore retention = new EmbeddedRetentionStore(database);
        retention.expire(NOW.plusSeconds(1), STORED);
        while (retention
                .removeDeleted(Types.ALL, NOW.plusSeconds(2), Optional.empty(), 1000)
                .swept()
                .more()) {
            // until none is left
        }
        database.compact();

        running.set(false);
        writer.join();
        assertThat(size()).isLessThan(full / 4);
        assertThat(store.page("writer", 0, meanwhile.size() + 1)).hasSameSizeAs(meanwhile);
        database.close();
        open();
        assertThat(store.page("writer", 0, meanwhile.size() + 1)).hasSameSizeAs(meanwhile);
    }

    @Test
    void nothingOfWhatWasRemovedIsLeftInARewrittenFile() throws IOException {
        String secret = "ERASED-" + ids.reserve(1);
        Notification erased = notification(secret, Message.of(secret));
        Notification kept = notification("anna", Message.of("KEPT-TEXT"));
        store.store(List.of(erased, kept));
        database.write(tables -> {
            tables.inbox().erase(new InboxKey(secret, erased.id()));
            return null;
        });

        database.rewrite();

        for (String name : List.of(StoreFolder.FILE_NAME, CommitRecord.FILE_NAME)) {
            assertThat(Files.readString(directory.resolve(name), StandardCharsets.ISO_8859_1))
                    .doesNotContain(secret);
        }
        assertThat(Files.readString(directory.resolve(StoreFolder.FILE_NAME), StandardCharsets.ISO_8859_1))
                .contains("KEPT-TEXT");
        assertThat(store.page("anna", 0, 10)).containsExactly(kept);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void copyThatAKilledProcessLeftIsRemoved() throws IOException {
        database.close();
        Files.writeString(directory.resolve("notifications.mv.copy"), "half a copy");

        open();

        assertThat(directory.resolve("notifications.mv.copy")).doesNotExist();
        database.rewrite();
        assertThat(store.page("anna", 0, 10)).isEmpty();
    }

    @Test
    void fileIsWrittenAnewTwiceWithoutAChangeInBetween() {
        Notification kept = notification("anna", Message.of("y"));
        store.store(List.of(kept));

        database.rewrite();
        database.rewrite();

        assertThat(store.page("anna", 0, 10)).containsExactly(kept);
        database.close();
        open();
        assertThat(store.page("anna", 0, 10)).containsExactly(kept);
    }

    @Test
    @Timeout(30)
    void compactionDuringABackupHoldsUpNobodyAndComesLater() throws Exception {
        Notification erased = notification("ERASED-" + ids.reserve(1), Message.of("y"));
        store.store(List.of(erased));
        Object original = file();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> backup = Background.run(() -> database.copy((file, copying) -> {
            begun.countDown();
            await(end);
        }));
        begun.await();
        try {
            new EmbeddedUserDataStore(database).eraseNotifications(erased.userId(), 10);
            database.rewriteSoon();
            Background.run(database::compact).get(10, TimeUnit.SECONDS);
            Background.run(() -> store.store(List.of(notification("anna", Message.of("y")))))
                    .get(10, TimeUnit.SECONDS);
            assertThat(file()).isEqualTo(original);
        } finally {
            end.countDown();
            backup.join();
        }

        database.compact();
        assertThat(file()).isNotEqualTo(original);
        assertThat(Files.readString(directory.resolve(StoreFolder.FILE_NAME), StandardCharsets.ISO_8859_1))
                .doesNotContain(erased.userId());
        assertThat(store.page("anna", 0, 10)).hasSize(1);
    }

    @Test
    void whatWasErasedBeforeARestartIsOverwrittenAfterIt() throws IOException {
        String secret = "ERASED-" + ids.reserve(1);
        store.store(List.of(notification(secret, Message.of("y"))));
        new EmbeddedUserDataStore(database).eraseNotifications(secret, 10);
        database.rewriteSoon();
        database.close();
        open();
        Object original = file();

        database.compact();

        Object rewritten = file();
        assertThat(rewritten).isNotEqualTo(original);
        database.compact();
        database.close();
        open();
        database.compact();
        assertThat(file()).isEqualTo(rewritten);
    }

    @Test
    @Timeout(60)
    void othersGoOnWhileTheFileIsCopied() {
        for (int stored = 0; stored < STORED; stored += AT_ONCE) {
            store.store(notifications(AT_ONCE, stored));
        }
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicInteger written = new AtomicInteger();
        CompletableFuture<Void> writer = Background.run(() -> {
            while (running.get()) {
                store.store(List.of(notification("writer", Message.of("y"))));
                written.incrementAndGet();
            }
        });
        while (written.get() == 0) {
            Thread.onSpinWait();
        }

        int before = written.get();
        database.rewrite();
        int after = written.get();

        running.set(false);
        writer.join();
        assertThat(after - before).isGreaterThan(5);
    }

    @Test
    @Timeout(60)
    void changesWhileTheFileIsWrittenAnewAreKept() {
        for (int stored = 0; stored < 4000; stored += AT_ONCE) {
            store.store(notifications(AT_ONCE, stored));
        }
        AtomicBoolean running = new AtomicBoolean(true);
        Map<String, Boolean> expected = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            writers.add(Background.run(() -> {
                while (running.get()) {
                    changeSome(expected);
                }
            }));
        }
        for (int i = 0; i < 10; i++) {
            database.rewrite();
        }
        running.set(false);
        writers.forEach(CompletableFuture::join);

        database.close();
        open();
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(store.page("writer", 0, Integer.MAX_VALUE).stream()
                        .collect(Collectors.toMap(Notification::id, Notification::seen)))
                .isEqualTo(expected);
        assertThat(store.unseen("writer", Integer.MAX_VALUE, Long.MAX_VALUE))
                .extracting(Notification::id)
                .containsExactlyInAnyOrderElementsOf(expected.keySet().stream()
                        .filter(id -> !expected.get(id))
                        .toList());
    }

    /** Stores three, of which one is marked seen and one deleted. */
    private void changeSome(Map<String, Boolean> expected) {
        String first = ids.reserve(3);
        String seen = NotificationIds.plus(first, 1);
        String deleted = NotificationIds.plus(first, 2);
        store.store(Stream.of(first, seen, deleted)
                .map(id -> Notification.unseen(id, "writer", Message.of("y"), NOW))
                .toList());
        store.markSeen("writer", List.of(seen), NOW);
        store.delete("writer", List.of(deleted), NOW);
        expected.put(first, false);
        expected.put(seen, true);
    }

    @Test
    void erasureWhileTheFileIsCopiedStaysNoted() throws IOException {
        database.close();
        try (StoreFolder folder = StoreFolder.prepare(directory)) {
            folder.noteErasure();
            StoreFolder.Replacement first = folder.beginReplacement(folder.open(false), WANTED);
            folder.noteErasure();
            folder.complete(first);
            assertThat(folder.hasNotedErasure()).isTrue();

            folder.complete(folder.beginReplacement(folder.open(false), WANTED));
            assertThat(folder.hasNotedErasure()).isFalse();
        }
        open();
    }

    @Test
    void replacementFailsIfTheFileFailedMeanwhileAndLeavesNoCopy() throws IOException {
        Notification kept = notification("anna", Message.of("y"));
        store.store(List.of(kept));
        database.close();
        try (StoreFolder folder = StoreFolder.prepare(directory)) {
            OpenedFile file = folder.open(false);
            StoreFolder.Replacement replacement = folder.beginReplacement(file, WANTED);
            file.abandon();

            assertThatThrownBy(() -> folder.complete(replacement)).isInstanceOf(StoreUnavailableException.class);

            assertThat(directory.resolve("notifications.mv.copy")).doesNotExist();
        }
        open();
        assertThat(store.page("anna", 0, 10)).containsExactly(kept);
    }

    @Test
    void copyThatLacksAChangeDoesNotTakeThePlaceOfTheFile() throws IOException {
        assertThat(errorAfterMissing(tables -> true)).contains("has 0 entries instead of 1");
    }

    @Test
    void copyThatLacksACommitDoesNotTakeThePlaceOfTheFile() throws IOException {
        assertThat(errorAfterMissing(table -> table.getName().equals("commits")))
                .containsPattern("ends with commit \\d+ of \\S+ instead of commit");
    }

    /** Has a copy miss a change of some tables, and returns what the log says. */
    private String errorAfterMissing(Predicate<MVMap<?, ?>> missed) throws IOException {
        database.close();
        try (StoreFolder folder = StoreFolder.prepare(directory);
                LoggedLines log = new LoggedLines(FileCopier.class, Level.SEVERE)) {
            OpenedFile file = folder.open(false);
            Object original = file();
            StoreFolder.Replacement replacement = folder.beginReplacement(file, WANTED);
            file.write(tables -> tables.outbox().leases().put("later", 0L));
            file.read(tables -> {
                AllTables.of(tables.outbox().leases().getStore()).stream()
                        .filter(missed)
                        .forEach(table -> ((TrackedMap<?, ?>) table).track());
                return null;
            });

            assertThatThrownBy(() -> folder.complete(replacement)).isInstanceOf(StoreUnavailableException.class);

            assertThat(file()).isEqualTo(original);
            assertThat(directory.resolve("notifications.mv.copy")).doesNotExist();
            assertThat(file.<Long>read(tables -> tables.outbox().leases().get("later")))
                    .isZero();
            folder.complete(folder.beginReplacement(file, WANTED));
            assertThat(file()).isNotEqualTo(original);
            assertThat(log.lines()).hasSize(1);
            return log.lines().get(0);
        } finally {
            open();
        }
    }

    @Test
    void replacementThatIsNotWantedAnyMoreLeavesTheFileAndNoCopy() throws IOException {
        Notification kept = notification("anna", Message.of("y"));
        store.store(List.of(kept));
        database.close();
        AtomicBoolean ended = new AtomicBoolean();
        try (StoreFolder folder = StoreFolder.prepare(directory)) {
            OpenedFile file = folder.open(false);
            StoreFolder.Replacement replacement = folder.beginReplacement(file, new Copying(ended::get));
            file.write(tables -> tables.outbox().leases().put("not there", 0L));
            ended.set(true);

            assertThatThrownBy(() -> folder.complete(replacement)).isInstanceOf(CopyEndedException.class);
            assertThat(directory.resolve("notifications.mv.copy")).doesNotExist();
            assertThatThrownBy(() -> folder.beginReplacement(file, new Copying(ended::get)))
                    .isInstanceOf(CopyEndedException.class);
            assertThat(directory.resolve("notifications.mv.copy")).doesNotExist();
            assertThat(file.failed()).isFalse();
            file.close();
        }
        open();
        assertThat(store.page("anna", 0, 10)).containsExactly(kept);
    }

    @Test
    @Timeout(30)
    void closingEndsACopyThatIsUnderWay() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> copy = Background.run(() -> database.copy((file, copying) -> {
            begun.countDown();
            goOnWhileWanted(copying);
        }));
        begun.await();

        database.close();

        assertThatThrownBy(copy::join).hasCauseInstanceOf(CopyEndedException.class);
        open();
    }

    @Test
    @Timeout(30)
    void interruptEndsACopyButNotByAnInterruptOfTheThreadThatReadsTheFile() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interruptedReader = new AtomicBoolean();
        AtomicBoolean interruptedCaller = new AtomicBoolean();
        AtomicReference<Thread> caller = new AtomicReference<>();
        CompletableFuture<Void> copy = Background.run(() -> {
            caller.set(Thread.currentThread());
            try {
                database.copy((file, copying) -> {
                    begun.countDown();
                    try {
                        goOnWhileWanted(copying);
                    } finally {
                        interruptedReader.set(Thread.currentThread().isInterrupted());
                    }
                });
            } finally {
                interruptedCaller.set(Thread.currentThread().isInterrupted());
            }
        });
        begun.await();

        caller.get().interrupt();

        assertThatThrownBy(copy::join).hasCauseInstanceOf(CopyEndedException.class);
        assertThat(interruptedReader).isFalse();
        assertThat(interruptedCaller).isTrue();
        Notification stored = notification("anna", Message.of("y"));
        store.store(List.of(stored));
        assertThat(store.page("anna", 0, 10)).containsExactly(stored);
    }

    private static void goOnWhileWanted(Copying copying) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(10)) {
            copying.requireWanted();
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody ended the copy");
    }

    @Test
    void rewriteByAnInterruptedThreadIsOwedAndNoWarning() throws IOException {
        database.rewriteSoon();
        Object original = file();
        try (LoggedLines log = new LoggedLines(Compaction.class)) {
            Thread.currentThread().interrupt();
            try {
                database.compact();
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }

            assertThat(log.lines()).isEmpty();
        }
        assertThat(file()).isEqualTo(original);
        assertThat(directory.resolve("notifications.mv.copy")).doesNotExist();
        database.rewrite();
        assertThat(file()).isNotEqualTo(original);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Identifies the file: one that takes its place is another one. */
    private Object file() throws IOException {
        return Files.readAttributes(directory.resolve(StoreFolder.FILE_NAME), BasicFileAttributes.class)
                .fileKey();
    }

    private List<Notification> notifications(int count, int seed) {
        List<Notification> some = new ArrayList<>();
        Message message = Message.of(("x" + seed).repeat(100)).expiringAt(NOW);
        for (int i = 0; i < count; i++) {
            some.add(notification("user" + i, message));
        }
        return some;
    }

    private Notification notification(String user, Message message) {
        return Notification.unseen(ids.reserve(1), user, message, NOW.minusSeconds(60));
    }

    private long size() {
        return directory.resolve(StoreFolder.FILE_NAME).toFile().length();
    }
}
