package org.wsnotify.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * The file from its opening to its closing or its first failure.
 *
 * <p>Changes are made in memory, one at a time, and written by whoever needs it first: a change is acknowledged only
 * after a commit and a sync of the file that include it, and all who wait share the next one. Nobody's change is ever
 * divided between two commits, so that a crash leaves all of it or nothing.
 *
 * <p>A failure ends the life of this object: what was not acknowledged is dropped with it, whoever waits is told, and
 * the file is as the last commit left it.
 *
 * <p>Safe for use by many threads.
 */
final class OpenedFile {

    /** The version of what is in the file: of its maps, and of the records in them. */
    private static final int FORMAT = 2;

    private static final int CACHE_MEGABYTES = 32;
    private static final int COMMITS_PER_COMPACTION = 64;
    private static final int COMPACT_BELOW_PERCENT = 60;
    private static final int COMPACT_BYTES = 1024 * 1024;

    private final MVStore store;
    private final Tables tables;
    private final CommitRecord record;

    /** Readers share it; a change, and the writing of a commit, has it alone. Taken last. */
    private final ReentrantReadWriteLock data = new ReentrantReadWriteLock();

    private final GroupCommit commits = new GroupCommit(this::commitAndSync);

    /** Of the thread that writes. */
    private Commit committed;

    private long changes;
    private int sinceCompaction;
    private volatile Throwable failure;

    private OpenedFile(MVStore store, CommitRecord record) {
        this.store = store;
        this.tables = Tables.of(store);
        this.record = record;
    }

    /**
     * Opens the file or makes it. Throws what the library throws.
     *
     * @param record is told of each commit; stays open
     * @throws StoreUnavailableException another version of the server made the file; it is left as it is
     */
    static OpenedFile open(Path path, CommitRecord record) {
        MVStore store = new MVStore.Builder()
                .fileName(path.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MEGABYTES)
                .compress()
                .open();
        try {
            requireFormat(store, path);
            // Old parts are reused as soon as newer ones are on the disk, which the sync after each commit ensures.
            store.setRetentionTime(0);
            return new OpenedFile(store, record);
        } catch (RuntimeException | Error e) {
            store.closeImmediately();
            throw e;
        }
    }

    private static void requireFormat(MVStore store, Path path) {
        if (store.getMapNames().isEmpty()) {
            store.setStoreVersion(FORMAT);
            return;
        }
        int format = store.getStoreVersion();
        if (format != FORMAT) {
            throw new StoreUnavailableException(
                    "The embedded store " + path + " was written by " + (format < FORMAT ? "an earlier" : "a later")
                            + " version of the server, in a format that this one does not read",
                    null);
        }
    }

    boolean failed() {
        return failure != null;
    }

    boolean readOnly() {
        return store.isReadOnly();
    }

    /** The last commit that is in the file. */
    Commit lastCommit() {
        return read(all -> Commit.in(all.commits()));
    }

    /** Gives the file up as it is. */
    void abandon() {
        fail(new IllegalStateException("closed"));
    }

    /** Reads; nothing changes meanwhile. */
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

    /** Changes; returns when the change, and all that it saw, is on the disk. */
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

    /** Closes the file; whoever waits for the disk is served first. */
    void close() {
        commits.alone(() -> {
            data.writeLock().lock();
            try {
                if (failed()) {
                    return 0;
                }
                if (store.hasUnsavedChanges()) {
                    Commit last = Commit.next(tables.commits(), Instant.now());
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
            committed = Commit.next(tables.commits(), Instant.now());
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
