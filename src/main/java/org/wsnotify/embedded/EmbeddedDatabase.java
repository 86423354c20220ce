package org.wsnotify.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * The one file in which a single server keeps everything.
 *
 * <p>One process opens it at start, has it exclusively, and closes it at the end. The stores of this package share it.
 * A change is on the disk when its call returns, even across {@code kill -9}; many callers share a write. After a
 * failure of the disk the next call opens the file again.
 *
 * <p>Safe for use by many threads. Throws {@link StoreUnavailableException} if the file cannot be opened, read or
 * written.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EmbeddedDatabase.class.getName());

    /** Shared by those who use the file; for the one who replaces it alone. */
    private final ReentrantReadWriteLock using = new ReentrantReadWriteLock();

    private final StoreFolder folder;
    private final FileWork work;
    private final WriteHealth health = new WriteHealth();
    private final Compaction compaction = new Compaction();
    private volatile OpenedFile file;
    private volatile boolean closed;

    private EmbeddedDatabase(StoreFolder folder, OpenedFile file, FileWork work) {
        this.folder = folder;
        this.file = file;
        this.work = work;
    }

    /**
     * Opens the file in a directory; creates both if they do not exist. Ends the claims of a process that died, because
     * no other process can hold them.
     *
     * @throws LostCommitsException the file lacks acknowledged changes; it stays unchanged
     * @throws StoreUnavailableException the directory or the file cannot be used; the message says why in one sentence
     */
    public static EmbeddedDatabase open(Path directory) {
        return open(directory, false);
    }

    /** Does the same, but also opens a file that lacks acknowledged changes, and logs how many are missing. */
    public static EmbeddedDatabase openOlder(Path directory) {
        return open(directory, true);
    }

    private static EmbeddedDatabase open(Path directory, boolean older) {
        Path absolute = directory.toAbsolutePath().normalize();
        FileWork work = new FileWork(absolute.resolve(StoreFolder.FILE_NAME));
        EmbeddedDatabase database = work.run(() -> {
            StoreFolder folder = StoreFolder.prepare(absolute);
            try {
                OpenedFile file = folder.open(older);
                folder.sync();
                return new EmbeddedDatabase(folder, file, work);
            } catch (RuntimeException | Error e) {
                folder.close();
                throw e;
            }
        });
        try {
            database.write(tables -> {
                EmbeddedOutbox.endLeases(tables.outbox());
                EmbeddedIdempotencyStore.endLeases(tables.idempotency());
                EmbeddedScheduleStore.endLeases(tables.schedule());
                return null;
            });
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
        if (database.folder.hasNotedErasure()) {
            database.compaction.request();
        }
        return database;
    }

    /** Returns access to the tables of one store. */
    <T> TableAccess<T> access(Function<Tables, T> own) {
        return new TableAccess<>(this, own);
    }

    /** Checks for a health check that the store can be used: throws {@link StoreUnavailableException} if not. */
    public void check() {
        folder.requireWritable();
        Optional<String> failure = health.recentFailure();
        if (failure.isPresent()) {
            throw new StoreUnavailableException(failure.get(), null);
        } else if (health.failing()) {
            write(tables -> null);
        } else {
            read(tables -> tables.inbox().notifications().firstKey());
        }
    }

    /**
     * Gives space that is not used any more back to the disk, if that is most of the file. Other calls go on, and wait
     * briefly at the end. A file that still holds much is left as it is. Does nothing during a backup, and ends early if
     * the store is closed or the caller is interrupted.
     */
    public void compact() {
        compaction.unlessCopying(this::current, this::replace);
    }

    /**
     * Something was erased: the next compaction writes the file anew, however much that is, even after a restart.
     *
     * @throws StoreUnavailableException that cannot be noted; repeating is safe
     */
    public void rewriteSoon() {
        work.run(() -> {
            folder.noteErasure();
            return null;
        });
        compaction.request();
    }

    /**
     * Writes the file anew, so that nothing of what was removed before remains in it. Other calls go on, and wait briefly
     * at the end.
     *
     * @throws CopyEndedException the store was closed or the caller interrupted; the file stays as it is
     * @throws StoreUnavailableException that failed; the file stays as it is
     */
    public void rewrite() {
        compaction.alone(this::replace);
    }

    private void replace() {
        new Copying(() -> closed).run(this::replace);
    }

    private void replace(Copying copying) {
        StoreFolder.Replacement replacement = copied(copying);
        using.writeLock().lock();
        try {
            work.run(() -> {
                folder.complete(replacement);
                file = folder.open(false);
                return null;
            });
        } finally {
            using.writeLock().unlock();
        }
        LOG.log(System.Logger.Level.DEBUG, "The file of the embedded store was written anew");
    }

    private StoreFolder.Replacement copied(Copying copying) {
        using.readLock().lock();
        try {
            copying.requireWanted();
            return work.run(() -> folder.beginReplacement(current(), copying));
        } finally {
            using.readLock().unlock();
        }
    }

    /**
     * Writes a copy of the file while it is in use, with everything that was acknowledged before the call.
     *
     * @param directory an empty folder
     * @throws CopyEndedException the store was closed or the caller interrupted
     * @throws StoreUnavailableException the copy could not be written or is not complete
     */
    void copyTo(Path directory) {
        copy((file, copying) -> StoreFolder.copyTo(directory, file, copying));
    }

    /** Copies the file while it is in use. The copying may take long. */
    void copy(BiConsumer<OpenedFile, Copying> copy) {
        compaction.alone(() -> new Copying(() -> closed).run(copying -> {
            using.readLock().lock();
            try {
                copying.requireWanted();
                work.run(() -> {
                    copy.accept(current(), copying);
                    return null;
                });
            } finally {
                using.readLock().unlock();
            }
        }));
    }

    /**
     * Closes the file after the changes that callers still wait for. Later calls of the stores fail. A copy of the file
     * that is under way ends early.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        compaction.alone(this::closeFile); // after a copy under way, which has the folder until it has ended
    }

    private void closeFile() {
        using.writeLock().lock();
        try {
            work.run(() -> {
                try {
                    file.close();
                } finally {
                    folder.close();
                }
                return null;
            });
        } finally {
            using.writeLock().unlock();
        }
    }

    <T> T read(Function<Tables, T> question) {
        using.readLock().lock();
        try {
            return work.run(() -> current().read(question));
        } finally {
            using.readLock().unlock();
        }
    }

    <T> T write(Function<Tables, T> change) {
        using.readLock().lock();
        try {
            T result = work.run(() -> current().write(change));
            health.succeeded();
            return result;
        } catch (StoreUnavailableException e) {
            if (!closed) {
                health.failed(e.getMessage());
            }
            throw e;
        } finally {
            using.readLock().unlock();
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
            file = folder.open(false);
            LOG.log(System.Logger.Level.DEBUG, "The embedded store failed and was opened again");
        }
        return file;
    }
}
