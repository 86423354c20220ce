package org.wsnotify.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * The file from its opening to its closing or its first failure.
 *
 * <p>Changes are made in memory, one at a time. A change is acknowledged only after a commit and a sync of the file
 * that include it, and all waiting callers share the next one. A commit never divides a change, so a crash leaves all
 * of it or nothing.
 *
 * <p>A failure ends the life of this object. Changes that were not acknowledged are dropped, their callers get an
 * exception, and the file stays as the last commit left it.
 *
 * <p>Safe for use by many threads.
 */
final class OpenedFile {

    private static final System.Logger LOG = System.getLogger(OpenedFile.class.getName());

    private static final int COMMITS_PER_COMPACTION = 64;
    private static final int COMPACT_BELOW_PERCENT = 60;
    private static final int COMPACT_BYTES = 1024 * 1024;

    /** A smaller file is not worth the work. */
    private static final long SMALL_BYTES = 4L << 20;

    private final MVStore store;
    private final Tables tables;
    private final CommitTable commitTable;
    private final CommitRecord record;

    /** Readers share it. A change has it alone, and so has a commit. Taken last. The copier takes it, too. */
    private final ReentrantReadWriteLock data = new ReentrantReadWriteLock();

    private final GroupCommit commits = new GroupCommit(this::commitAndSync);
    private final FileCopier copier;

    /** Used only by the thread that writes. */
    private Commit committed;

    private long changes;
    private int sinceCompaction;
    private volatile Throwable failure;

    private OpenedFile(MVStore store, CommitRecord record) {
        this.store = store;
        this.tables = Tables.of(store);
        this.commitTable = CommitTable.of(store);
        this.record = record;
        this.copier = new FileCopier(store, tables, commitTable, data, this::requireUsable);
    }

    /**
     * Opens the file or creates it. One of an earlier format needs an {@link #upgrade}. Throws what the library throws.
     *
     * @param record gets each commit; stays open
     * @throws StoreUnavailableException another version of the server made the file, which stays unchanged
     */
    static OpenedFile open(Path path, CommitRecord record) {
        MVStore store = FileFormat.open(path);
        try {
            return new OpenedFile(store, record);
        } catch (RuntimeException | Error e) {
            store.closeImmediately();
            throw e;
        }
    }

    boolean failed() {
        return failure != null;
    }

    /** Returns the last commit in the file. */
    Commit lastCommit() {
        return read(all -> commitTable.last());
    }

    /**
     * Gives a file of an earlier format the present one. It has the earlier one until all is complete, so that the next
     * opening repeats what a kill interrupts. To be called before the file is used. Throws what the library throws.
     */
    void upgrade() {
        if (!FileFormat.isEarlier(store)) {
            return;
        }
        LOG.log(System.Logger.Level.INFO, "The embedded store gets a new format");
        FileUpgrade.run(tables.inbox(), this::commitStep);
        FileFormat.setPresent(store);
        commitStep();
    }

    /** Leaves the number of the last commit: nothing was changed that callers know of. */
    private void commitStep() {
        store.commit();
        store.sync();
    }

    /** Closes the file without writing. */
    void abandon() {
        fail(new IllegalStateException("closed"));
    }

    /** Reads a consistent view: no change happens meanwhile. */
    <T> T read(Function<Tables, T> question) {
        data.readLock().lock();
        try {
            requireUsable();
            return question.apply(tables);
        } catch (MVStoreException e) {
            if (store.isClosed() || e.getErrorCode() == DataUtils.ERROR_READING_FAILED) {
                fail(e);
            }
            throw unavailable(e);
        } finally {
            data.readLock().unlock();
        }
    }

    /** Makes a change. Returns when the change, and everything that it saw, is on the disk. */
    <T> T write(Function<Tables, T> change) {
        T result;
        long number;
        data.writeLock().lock();
        try {
            requireUsable();
            result = change.apply(tables);
            number = ++changes;
        } catch (RuntimeException | Error e) {
            // Half a change must never be committed.
            fail(e);
            throw e;
        } finally {
            data.writeLock().unlock();
        }
        commits.await(number);
        return result;
    }

    /** Commits the changes that callers still wait for, and closes the file. */
    void close() {
        commits.alone(() -> {
            data.writeLock().lock();
            try {
                if (failed()) {
                    return 0;
                }
                if (store.hasUnsavedChanges()) {
                    Commit last = commitTable.next(Instant.now());
                    store.commit();
                    store.sync();
                    record(last);
                }
                failure = new IllegalStateException("closed");
                store.close();
                return changes;
            } finally {
                data.writeLock().unlock();
            }
        });
    }

    /** Returns whether most of the file is free, or holds what was replaced or removed since. */
    boolean isSparse() {
        return !failed()
                && store.getFileStore().size() > SMALL_BYTES
                && liveBytes() < store.getFileStore().size() / 2;
    }

    /** Returns about how many bytes of the file are in use. */
    long liveBytes() {
        FileStore<?> file = store.getFileStore();
        return file.size() * file.getFillRate() / 100 * file.getChunksFillRate() / 100;
    }

    /** Returns what copies the file while others use it. */
    FileCopier copier() {
        return copier;
    }

    private long commitAndSync() {
        try {
            requireUsable();
            long upTo = commit();
            store.sync();
            record(committed);
            return upTo;
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    private long commit() {
        data.writeLock().lock();
        try {
            if (++sinceCompaction == COMMITS_PER_COMPACTION) {
                sinceCompaction = 0;
                store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
            }
            committed = commitTable.next(Instant.now());
            store.commit();
            return changes;
        } finally {
            data.writeLock().unlock();
        }
    }

    private void record(Commit commit) {
        try {
            record.write(commit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireUsable() {
        if (failure != null) {
            throw unavailable(failure);
        }
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
            store.closeImmediately();
        }
    }

    private static StoreUnavailableException unavailable(Throwable cause) {
        return new StoreUnavailableException("The embedded store failed: " + FileTrouble.words(cause), cause);
    }
}
