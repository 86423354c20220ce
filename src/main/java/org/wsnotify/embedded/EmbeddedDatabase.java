package org.wsnotify.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.wsnotify.folder.PrivateFolder;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * The one file in which a single server keeps everything.
 *
 * <p>Opened once at start by one process, which then has it alone; closed at the end. The stores of this package share
 * it. What was changed is on the disk when a call returns, also across {@code kill -9}; many callers share a write.
 * After a failure of the disk the file is opened again by the next call.
 *
 * <p>Safe for use by many threads. Throws {@link StoreUnavailableException} when the file cannot be opened, read or
 * written.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());

    /**
     * So long a failed write is believed: a health check writes little, and that may fit where a publication does not.
     */
    private static final Duration BELIEVED = Duration.ofSeconds(5);

    private static final String FILE_NAME = "notifications.mv";

    private final Path path;
    private final PrivateFolder folder;
    private CommitRecord record;
    private volatile OpenedFile file;
    private volatile boolean closed;
    private volatile boolean writeFailed;
    private volatile Failure lastFailure;

    /** @param at by the monotonic clock */
    private record Failure(String message, long at) {}

    private EmbeddedDatabase(Path directory) {
        this.path = directory.resolve(FILE_NAME);
        this.folder = new PrivateFolder(directory, "the embedded store");
    }

    /**
     * Opens the file in a directory; makes both when they are not there. Whatever a process that died had claimed is
     * free again: nobody else can be at it.
     *
     * @throws LostCommitsException the file lacks something that was acknowledged; it is left as it is
     * @throws StoreUnavailableException with one sentence that says what is wrong with the directory or the file
     */
    public static EmbeddedDatabase open(Path directory) {
        return open(directory, false);
    }

    /** The same, but a file that lacks something is opened too; a line in the log says what is missing. */
    public static EmbeddedDatabase openOlder(Path directory) {
        return open(directory, true);
    }

    private static EmbeddedDatabase open(Path directory, boolean older) {
        Path absolute = directory.toAbsolutePath().normalize();
        EmbeddedDatabase database = new EmbeddedDatabase(absolute);
        database.uninterrupted(() -> {
            database.start(older);
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

    private void start(boolean older) {
        try {
            folder.prepare();
        } catch (IOException e) {
            throw new StoreUnavailableException(e.getMessage(), e);
        }
        try {
            folder.open(FILE_NAME).close();
            record = CommitRecord.in(folder);
        } catch (IOException e) {
            throw new StoreUnavailableException("The embedded store " + path + " is not writable", e);
        }
        try {
            file = openFile(older);
        } catch (RuntimeException | Error e) {
            closeRecord();
            throw e;
        }
    }

    /** Whether the store can be used now, for a health check: throws {@link StoreUnavailableException} when not. */
    public void check() {
        requireWritable(path.getParent());
        Failure last = lastFailure;
        if (writeFailed && System.nanoTime() - last.at() < BELIEVED.toNanos()) {
            throw new StoreUnavailableException(last.message(), null);
        } else if (writeFailed) {
            write(tables -> null);
        } else {
            read(tables -> tables.notifications().firstKey());
        }
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
            try {
                file.close();
            } finally {
                closeRecord();
            }
            return null;
        });
    }

    private void closeRecord() {
        try {
            record.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The record of commits cannot be closed", e);
        }
    }

    /** Asks something that needs a consistent view, and little time: changes wait for it. */
    <T> T read(Function<Tables, T> question) {
        return uninterrupted(() -> current().read(question));
    }

    /**
     * Changes something as a whole: when this returns, it is on the disk; after a crash all of it is there or nothing.
     */
    <T> T write(Function<Tables, T> change) {
        try {
            T result = uninterrupted(() -> current().write(change));
            written();
            return result;
        } catch (StoreUnavailableException e) {
            notWritten(e);
            throw e;
        }
    }

    private void written() {
        if (writeFailed) {
            writeFailed = false;
            LOG.log(System.Logger.Level.INFO, "The embedded store can be written again");
        }
    }

    /** Says so once, however many callers are refused. */
    private void notWritten(StoreUnavailableException failure) {
        lastFailure = new Failure(failure.getMessage(), System.nanoTime());
        if (!writeFailed && !closed) {
            writeFailed = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A change is refused, nothing before it is lost: {0}",
                    failure.getMessage());
        }
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
            file = openFile(false);
            LOG.log(System.Logger.Level.DEBUG, "The embedded store failed and was opened again");
        }
        return file;
    }

    private OpenedFile openFile(boolean older) {
        OpenedFile opened;
        try {
            opened = OpenedFile.open(path, record);
        } catch (MVStoreException e) {
            throw new StoreUnavailableException(
                    e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                            ? "The embedded store " + path + " is in use by another process"
                            : "The embedded store " + path + " cannot be opened: " + FileTrouble.words(e),
                    e);
        }
        try {
            requireComplete(opened.lastCommit(), older);
        } catch (RuntimeException | Error e) {
            opened.abandon();
            throw e;
        }
        return opened;
    }

    /** The library opens a damaged file in the newest state that it finds whole, and says nothing. */
    private void requireComplete(Commit found, boolean older) {
        Commit acknowledged = acknowledged(found);
        if (found.number() >= acknowledged.number()) {
            return;
        }
        String what = "The embedded store " + path + " is damaged or older than it was: it ends with " + found
                + ", but " + acknowledged + " was acknowledged";
        if (!older) {
            throw new LostCommitsException(what);
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}. The server goes on without {1} commits.",
                what,
                acknowledged.number() - found.number());
        try {
            record.write(found);
            record.sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Commit acknowledged(Commit found) {
        try {
            Optional<Commit> last = record.read();
            if (last.isEmpty() && found.number() > 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} is missing or not readable: whether the embedded store is complete is not known",
                        path.resolveSibling(CommitRecord.FILE_NAME));
            }
            return last.orElse(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireWritable(Path directory) {
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
            throw new StoreUnavailableException("The embedded store " + path + " failed: " + FileTrouble.words(e), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
