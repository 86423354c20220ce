package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.Background;
import org.wsnotify.HandClock;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.operator.Backups.Backup;
import org.wsnotify.operator.Backups.BackupException;
import org.wsnotify.outbox.OwedMails;

class EmbeddedBackupsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");

    @TempDir
    Path parent;

    private final HandClock clock = new HandClock();
    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private EmbeddedDatabase database;
    private EmbeddedNotificationStore store;
    private Path folder;
    private EmbeddedBackups backups;

    @BeforeEach
    void open() {
        database = EmbeddedDatabase.open(parent.resolve("store"));
        store = new EmbeddedNotificationStore(database);
        folder = parent.resolve("backups");
        backups = new EmbeddedBackups(database, folder, 2, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void backupHasEverythingThatWasAcknowledgedBeforeIt() {
        List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean running = new AtomicBoolean(true);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String user = "user" + i;
            writers.add(Background.run(() -> {
                while (running.get()) {
                    Notification one = notification(user);
                    store.store(List.of(one));
                    acknowledged.add(one.id());
                    store.delete(user, List.of(one.id()), NOW);
                    acknowledged.add(stored("kept by " + user));
                }
            }));
        }
        new EmbeddedOutbox(database).owe(List.of(OwedMails.entry("m-1", NOW, "anna")));
        for (int turn = 0; turn < 5; turn++) {
            int atLeast = acknowledged.size() + 200;
            while (acknowledged.size() < atLeast) {
                Thread.onSpinWait();
            }
            List<String> before = List.copyOf(acknowledged);
            Backup backup = backups.make();
            clock.pass(Duration.ofSeconds(1));
            assertRestores(backup, before);
        }
        running.set(false);
        writers.forEach(CompletableFuture::join);
    }

    private void assertRestores(Backup backup, List<String> acknowledged) {
        try (EmbeddedDatabase restored = EmbeddedDatabase.open(folder.resolve(backup.folder()))) {
            assertThat(backup.bytes()).isPositive();
            restored.read(tables -> {
                assertThat(tables.inbox().notifications().keySet()).containsAll(acknowledged);
                return null;
            });
            assertThat(new EmbeddedOutbox(restored).claim(NOW, Duration.ofMinutes(1)))
                    .isPresent();
        }
    }

    @Test
    void newestBackupsAreKeptAndOnlyTheirOwnerReadsThem() throws IOException {
        Files.createDirectories(folder.resolve("something else"));
        stored("anna");
        backups.make();
        clock.pass(Duration.ofSeconds(1));
        String second = backups.make().folder();
        clock.pass(Duration.ofSeconds(1));
        String third = backups.make().folder();

        try (Stream<Path> folders = Files.list(folder)) {
            assertThat(folders.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(second, third, "something else");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve(third).resolve(StoreFolder.FILE_NAME))))
                .isEqualTo("rw-------");
    }

    @Test
    void backupThatWasJustMadeStaysAlsoIfTheClockWasSetBack() throws IOException {
        stored("anna");
        backups.make();
        clock.pass(Duration.ofSeconds(1));
        String newest = backups.make().folder();
        clock.pass(Duration.ofHours(-1));
        String made = backups.make().folder();

        try (Stream<Path> folders = Files.list(folder)) {
            assertThat(folders.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(newest, made);
        }
    }

    @Test
    void backupThatFailsLeavesTheOthers() throws IOException {
        String first = backups.make().folder();
        Files.createFile(parent.resolve("no folder"));
        EmbeddedBackups impossible = new EmbeddedBackups(database, parent.resolve("no folder"), 2, clock);

        assertThatThrownBy(impossible::make)
                .isInstanceOfSatisfying(
                        BackupException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(BackupException.Reason.FAILED));
        assertThat(folder.resolve(first)).isDirectory();
        stored("anna");
    }

    @Test
    void backupThatIsEndedEarlyLeavesNothingAndIsNoWarning() throws IOException {
        stored("anna");
        try (LoggedLines log = new LoggedLines(EmbeddedBackups.class, Level.WARNING)) {
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(backups::make)
                        .isInstanceOf(BackupException.class)
                        .hasMessage("The backup was ended early, because the server stops.");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }

            assertThat(log.lines()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
        assertRestores(backups.make());
    }

    @Test
    void oneBackupIsMadeAtATime() throws Exception {
        stored("anna");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> copy = Background.run(() -> database.copy((file, copying) -> {
            begun.countDown();
            await(end);
        }));
        begun.await();
        List<CompletableFuture<Backup>> both = List.of(Background.call(backups::make), Background.call(backups::make));
        try {
            CompletableFuture.anyOf(both.get(0), both.get(1))
                    .handle((any, failure) -> null)
                    .get(10, TimeUnit.SECONDS);
            CompletableFuture<Backup> refused =
                    both.stream().filter(CompletableFuture::isDone).findFirst().orElseThrow();
            assertThatThrownBy(refused::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            BackupException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(BackupException.Reason.IN_PROGRESS));
        } finally {
            end.countDown();
            copy.join();
        }
        assertThat(both)
                .filteredOn(one -> !one.isCompletedExceptionally())
                .singleElement()
                .satisfies(one -> {
                    assertRestores(one.join());
                });
    }

    private void assertRestores(Backup backup) {
        try (EmbeddedDatabase restored = EmbeddedDatabase.open(folder.resolve(backup.folder()))) {
            assertThat(new EmbeddedNotificationStore(restored).page("anna", 0, 10))
                    .hasSize(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String stored(String user) {
        Notification one = notification(user);
        store.store(List.of(one));
        return one.id();
    }

    private Notification notification(String user) {
        return Notification.unseen(ids.reserve(1), user, Message.of("x".repeat(300)), NOW);
    }
}
