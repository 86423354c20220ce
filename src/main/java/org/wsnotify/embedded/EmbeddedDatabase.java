package org.wsnotify.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.wsnotify.inbox.StoreUnavailableException;

/**
 * The one file in which a single server keeps everything.
 *
 * <p>Opened once at start by one process, which then has it alone; closed at the end. The stores of this package share it. What
 * was changed is on the disk when a call returns, also across {@code kill -9}; many callers share a write. After a failure of
 * the disk the file is opened again by the next call.
 *
 * <p>Safe for use by many threads. Throws {@link StoreUnavailableException} when the file cannot be opened, read or written.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());
    private static final String FILE_NAME = "notifications.mv";

    private final Path path;
    private volatile OpenedFile file;
    private volatile boolean closed;

    private EmbeddedDatabase(Path path) {
        this.path = path;
    }

    /**
     * Opens the file in a directory; makes both when they are not there. Whatever a process that died had claimed is free again:
     * nobody else can be at it.
     *
     * @throws StoreUnavailableException with one sentence that says what is wrong with the directory or the file
     */
    public static EmbeddedDatabase open(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        EmbeddedDatabase database = new EmbeddedDatabase(absolute.resolve(FILE_NAME));
        database.uninterrupted(() -> {
            database.requireWritable(absolute);
            database.file = database.openFile();
            persist(absolute);
            return null;
        });
        database.write(tables -> {
            EmbeddedOutbox.endLeases(tables);
            EmbeddedIdempotencyStore.endLeases(tables);
            return null;
        });
        return database;
    }

    /** Whether the store can be used now, for a health check: throws {@link StoreUnavailableException} when not. */
    public void check() {
        requireWritable(path.getParent());
        read(tables -> tables.notifications().firstKey());
    }

    /** Closes the file. Whoever waits for the disk is served first; later calls of the stores fail. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        uninterrupted(() -> {
            file.close();
            return null;
        });
    }

    /** Asks something that needs a consistent view, and little time: changes wait for it. */
    <T> T read(Function<Tables, T> question) {
        return uninterrupted(() -> current().read(question));
    }

    /** Changes something as a whole: when this returns, it is on the disk; after a crash all of it is there or nothing. */
    <T> T write(Function<Tables, T> change) {
        return uninterrupted(() -> current().write(change));
    }

    private OpenedFile current() {
        OpenedFile now = file;
        return closed || now.failed() ? reopened() : now;
    }

    private synchronized OpenedFile reopened() {
        if (closed) {
            throw new StoreUnavailableException("The embedded store is closed", null);
        }
        if (file.failed()) {
            file = openFile();
            LOG.log(System.Logger.Level.WARNING, "The embedded store failed and was opened again");
        }
        return file;
    }

    private OpenedFile openFile() {
        OpenedFile opened;
        try {
            opened = OpenedFile.open(path);
        } catch (MVStoreException e) {
            throw new StoreUnavailableException(
                    e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                            ? "The embedded store " + path + " is in use by another process"
                            : "The embedded store " + path + " cannot be opened: " + e.getMessage(),
                    e);
        }
        if (opened.readOnly()) {
            opened.close();
            throw new StoreUnavailableException("The embedded store " + path + " is not writable", null);
        }
        return opened;
    }

    private void requireWritable(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "The directory " + directory + " for the embedded store cannot be created", e);
        }
        if (!Files.isWritable(directory)) {
            throw new StoreUnavailableException(
                    "The directory " + directory + " for the embedded store is not writable", null);
        }
    }

    /** A new file survives a power failure only when its directory was synced too. */
    private static void persist(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Directories cannot be synced here", e);
        }
    }

    /** An interrupt in the middle of reading or writing would close the file for everybody: it is kept for later. */
    private <T> T uninterrupted(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreUnavailableException("The embedded store " + path + " failed: " + e.getMessage(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
