package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.StoreUnavailableException;

/** Truncated, replaced and unreadable files: the store notices each. */
class DamagedFileTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final String ANNA = "anna";
    private static final int STORED = 94;

    @TempDir
    Path parent;

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private final Random random = new Random(1);
    private Path directory;
    private Path file;
    private Path record;

    @BeforeEach
    void storeAndDie() throws IOException {
        Path running = parent.resolve("running");
        directory = parent.resolve("data");
        file = directory.resolve("notifications.mv");
        record = directory.resolve("notifications.commit");
        try (EmbeddedDatabase database = EmbeddedDatabase.open(running)) {
            store(database, STORED);
            copy(running, directory); // as a killed process leaves them
        }
    }

    @Test
    void aTruncatedFileIsRefusedAndStaysUnchanged() throws IOException {
        truncateToAnOlderState();
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
                .isInstanceOf(LostCommitsException.class)
                .hasMessageStartingWith(
                        "The embedded store " + file + " is damaged or older than it was: it ends with commit ")
                .hasMessageMatching(".*, but commit 95 of \\S+Z was acknowledged");

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void openOlderOpensATruncatedFile() throws IOException {
        truncateToAnOlderState();

        int left;
        try (EmbeddedDatabase database = EmbeddedDatabase.openOlder(directory)) {
            left = count(database);
            assertThat(left).isBetween(1, STORED - 1);
            store(database, 1);
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(count(database)).isEqualTo(left + 1);
        }
    }

    @Test
    void noTruncationLosesAnythingSilently() throws IOException {
        Path whole = Files.copy(file, parent.resolve("whole"));
        Set<String> seen = new HashSet<>();
        for (int part = 0; part <= 40; part++) {
            Files.copy(whole, file, StandardCopyOption.REPLACE_EXISTING);
            cut(Files.size(file) * part / 40);
            seen.add(openedOrRefused());
        }
        assertThat(seen).containsExactlyInAnyOrder("opened", "refused");
    }

    @Test
    void aMissingFileIsNotReplacedByANewOne() throws IOException {
        Files.delete(file);

        assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
                .isInstanceOf(LostCommitsException.class)
                .hasMessageContaining("it ends with no commit, but commit 95");
    }

    @Test
    void anOlderCopyIsRefusedAndAnOlderFolderIsNot() throws IOException {
        Path older = parent.resolve("older");
        copy(directory, older);
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            store(database, 3);
        }

        Files.copy(older.resolve("notifications.mv"), file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory)).isInstanceOf(LostCommitsException.class);

        try (EmbeddedDatabase database = EmbeddedDatabase.open(older)) {
            assertThat(count(database)).isEqualTo(STORED);
        }
    }

    @Test
    void anUnreadableCommitRecordIsWrittenAgain() throws IOException {
        for (String content : List.of("", "not ours", "9".repeat(19) + " " + "9".repeat(24) + "\n")) {
            Files.writeString(record, content);
            try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
                assertThat(count(database)).isEqualTo(STORED);
            }
            assertThat(record).content().matches("\\d{19} \\S+Z\n");
        }
    }

    @Test
    void onlyTheOwnerCanReadTheFolderAndItsFiles() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path made = parent.resolve("made");

        EmbeddedDatabase.open(made).close();

        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(made.resolve("notifications.mv"))).isEqualTo("rw-------");
        assertThat(permissions(made.resolve("notifications.commit"))).isEqualTo("rw-------");
        assertThat(made.toFile().list()).hasSize(2);
    }

    @Test
    void anExistingFolderKeepsItsPermissions() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path theirs = Files.createDirectory(parent.resolve("theirs"));
        Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwxr-x---"));

        EmbeddedDatabase.open(theirs).close();

        assertThat(permissions(theirs)).isEqualTo("rwxr-x---");
        assertThat(permissions(theirs.resolve("notifications.mv"))).isEqualTo("rw-------");
    }

    private String openedOrRefused() {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            assertThat(count(database)).isEqualTo(STORED);
            return "opened";
        } catch (StoreUnavailableException e) {
            assertThat(e).hasMessageContaining(file.toString());
            return "refused";
        }
    }

    /** Truncates block by block: what the library can still open depends on which parts of the file were reused. */
    private void truncateToAnOlderState() throws IOException {
        boolean older = false;
        while (!older) {
            cut(Files.size(file) - 4096);
            try {
                EmbeddedDatabase.open(directory).close();
            } catch (LostCommitsException e) {
                older = true;
            } catch (StoreUnavailableException e) {
                assertThat(e).hasMessageContaining("damaged");
            }
        }
    }

    private void cut(long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    private void store(EmbeddedDatabase database, int count) {
        EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
        for (int i = 0; i < count; i++) {
            store.store(List.of(Notification.unseen(ids.reserve(1), ANNA, Message.of(noise()), NOW)));
        }
    }

    /** Returns text that cannot be compressed, so that the file grows with each commit. */
    private String noise() {
        return random.ints(10_000, 0x80, 0x800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int count(EmbeddedDatabase database) {
        return new EmbeddedNotificationStore(database)
                .unseen(ANNA, 1_000, Long.MAX_VALUE)
                .size();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        for (String name : List.of("notifications.mv", "notifications.commit")) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name));
            }
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
