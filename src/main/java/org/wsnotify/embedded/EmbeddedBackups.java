package org.wsnotify.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.wsnotify.folder.PrivateFolder;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.operator.Backups;
import org.wsnotify.operator.Backups.BackupException.Reason;

/**
 * Copies the embedded store into folders that are named by their time. A folder that has its name is complete. The newest
 * backups are kept. Safe for use by many threads; one backup is made at a time.
 */
public final class EmbeddedBackups implements Backups {

    private static final System.Logger LOG = System.getLogger(EmbeddedBackups.class.getName());
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String NAMED = "\\d{8}T\\d{6}\\.\\d{3}Z";
    private static final String UNFINISHED = ".unfinished";

    private final EmbeddedDatabase database;
    private final Path directory;
    private final int kept;
    private final Clock clock;
    private final AtomicBoolean underWay = new AtomicBoolean();

    /**
     * @param directory where the folders are made; created if it does not exist
     * @param kept how many of the newest are kept
     */
    public EmbeddedBackups(EmbeddedDatabase database, Path directory, int kept, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public Backup make() {
        if (!underWay.compareAndSet(false, true)) {
            throw new BackupException(Reason.IN_PROGRESS, "Another backup is being made.");
        }
        try {
            return made();
        } catch (CopyEndedException e) {
            LOG.log(System.Logger.Level.INFO, "a backup was ended early, because the server stops");
            throw new BackupException(Reason.FAILED, "The backup was ended early, because the server stops.");
        } catch (IOException | StoreUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "a backup failed: {0}", e.toString());
            throw new BackupException(Reason.FAILED, "The backup failed, and the log says why.");
        } finally {
            underWay.set(false);
        }
    }

    private Backup made() throws IOException {
        long start = System.nanoTime();
        String name = NAME.format(clock.instant());
        Path unfinished = directory.resolve(UNFINISHED);
        new PrivateFolder(directory, "backups").create();
        remove(unfinished);
        new PrivateFolder(unfinished, "a backup").create();
        copyOrRemove(unfinished);
        Path folder = Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        StoreFolder.sync(directory);
        long bytes = Files.size(folder.resolve(StoreFolder.FILE_NAME));
        removeOld(folder);
        Backup backup = new Backup(name, bytes, Duration.ofNanos(System.nanoTime() - start));
        LOG.log(System.Logger.Level.INFO, "backup made: {0}, {1} bytes", folder, bytes);
        return backup;
    }

    /** A copy that fails, perhaps because the disk is full, must not take the space of the store. */
    private void copyOrRemove(Path unfinished) throws IOException {
        try {
            database.copyTo(unfinished);
        } catch (RuntimeException | Error e) {
            remove(unfinished);
            throw e;
        }
    }

    /** @param made the one that was just made; it stays, even if the clock was set back and its name is the oldest */
    private void removeOld(Path made) throws IOException {
        List<Path> others;
        try (Stream<Path> folders = Files.list(directory)) {
            others = folders.filter(folder -> folder.getFileName().toString().matches(NAMED))
                    .filter(folder -> !folder.equals(made))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path old : others.stream().skip(Math.max(kept - 1, 0)).toList()) {
            remove(old);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
