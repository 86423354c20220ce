package org.wsnotify.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Copies an opened file while others use it: as it is at one moment, or with the changes that follow.
 *
 * <p>It shares the lock of {@link OpenedFile}. It has the data alone only to open a view of a moment, and to learn what
 * was changed. It reads the view without the lock, and shares the lock for a limited number of changes at a time. So
 * others never wait long.
 *
 * <p>The methods block while they copy. They run on the thread of a {@link Copying}, because an interrupt would close
 * the file for all. Several threads may copy a moment, but only one copy at a time can follow the changes: {@link
 * Compaction} sees to that.
 *
 * <p>A failure closes the copy and leaves the original as it is. The methods throw {@link StoreUnavailableException} if
 * the original has failed or is closed, and otherwise what the library throws.
 */
final class FileCopier {

    private static final System.Logger LOG = System.getLogger(FileCopier.class.getName());

    /** So many are copied while all others wait. */
    private static final int FEW_CHANGES = 1000;

    /** Those who change faster than a copy can follow do not hold it up for ever. */
    private static final int MOST_ROUNDS = 10;

    private final MVStore store;
    private final Tables tables;
    private final CommitTable commitTable;
    private final ReentrantReadWriteLock data;
    private final Runnable requireUsable;

    /**
     * @param store the opened file, with its tables
     * @param data the lock of the opened file: who changes the tables, or commits, has it alone
     * @param requireUsable throws {@link StoreUnavailableException} if the file has failed or is closed
     */
    FileCopier(
            MVStore store,
            Tables tables,
            CommitTable commitTable,
            ReentrantReadWriteLock data,
            Runnable requireUsable) {
        this.store = store;
        this.tables = tables;
        this.commitTable = commitTable;
        this.data = data;
        this.requireUsable = requireUsable;
    }

    /**
     * Writes a copy of a moment during the call. Others go on changing the file.
     *
     * @param path a file that does not exist, or is empty
     * @param copying says when to end early
     * @return the last commit in the copy
     * @throws IOException the copy cannot be written
     * @throws CopyEndedException it was ended early
     */
    Commit copyOfNow(Path path, Copying copying) throws IOException {
        Moment now = moment();
        try {
            FileCopy.write(now.tables(), path, copying);
            return now.last();
        } finally {
            store.deregisterVersionUsage(now.version());
        }
    }

    /**
     * Writes a copy that lacks only the latest changes when the call returns. Others go on changing the file. The copy
     * must be completed; one at a time.
     *
     * @param path a file that does not exist, or is empty
     * @param copying says when to end early, also during the completion
     * @throws CopyEndedException it was ended early
     */
    FileCopy begin(Path path, Copying copying) {
        try {
            FileCopy copy = followedCopy(path, copying);
            try {
                int rounds = 0;
                while (follow(copy) > FEW_CHANGES && rounds < MOST_ROUNDS) {
                    rounds++;
                }
                copy.sync();
                return copy;
            } catch (RuntimeException | Error e) {
                copy.abandon();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            forEachTable(TrackedMap::untrack);
            throw e;
        }
    }

    private FileCopy followedCopy(Path path, Copying copying) {
        Moment begin;
        data.writeLock().lock();
        try {
            begin = moment();
            forEachTable(TrackedMap::track);
        } finally {
            data.writeLock().unlock();
        }
        try {
            return FileCopy.begin(begin.tables(), path, copying);
        } finally {
            store.deregisterVersionUsage(begin.version());
        }
    }

    /**
     * Adds the latest changes to a copy, and closes it. Nobody may change the file meanwhile.
     *
     * @throws StoreUnavailableException the copy lacks changes, which the log tells; it is closed all the same
     * @throws IOException it cannot be written; it is closed all the same
     * @throws CopyEndedException it was ended early; it is closed all the same
     */
    void complete(FileCopy copy) throws IOException {
        try {
            follow(copy);
            requireSame(copy);
            copy.complete();
        } catch (IOException | RuntimeException | Error e) {
            copy.abandon();
            throw e;
        } finally {
            forEachTable(TrackedMap::untrack);
        }
    }

    /** Another version of the library could change tables in ways that {@link TrackedMap} does not note. */
    private void requireSame(FileCopy copy) {
        Optional<String> difference = copy.difference(AllTables.of(tables, commitTable), commitTable.last());
        if (difference.isPresent()) {
            String what = "A copy of the embedded store is not the same, and is not used: " + difference.get();
            LOG.log(System.Logger.Level.ERROR, what);
            throw new StoreUnavailableException(what);
        }
    }

    /** Adds the changes since the last time to a copy, in parts, so that others do not wait long. Returns how many. */
    private int follow(FileCopy copy) {
        List<List<Object>> changed = new ArrayList<>();
        forEachTable(table -> changed.add(new ArrayList<>(table.takeChanged())));
        List<MVMap<?, ?>> all = AllTables.of(tables, commitTable);
        int count = 0;
        for (int place = 0; place < all.size(); place++) {
            List<Object> keys = changed.get(place);
            for (int from = 0; from < keys.size(); from += FEW_CHANGES) {
                List<Object> part = keys.subList(from, Math.min(from + FEW_CHANGES, keys.size()));
                follow(copy, all.get(place), place, part);
            }
            count += keys.size();
        }
        requireUsable.run();
        return count;
    }

    private void follow(FileCopy copy, MVMap<?, ?> table, int place, List<Object> keys) {
        data.readLock().lock();
        try {
            requireUsable.run();
            copy.follow(table, place, keys);
        } finally {
            data.readLock().unlock();
        }
    }

    private void forEachTable(Consumer<TrackedMap<?, ?>> work) {
        data.writeLock().lock();
        try {
            AllTables.of(tables, commitTable).forEach(table -> work.accept((TrackedMap<?, ?>) table));
        } finally {
            data.writeLock().unlock();
        }
    }

    /**
     * The file at one moment.
     *
     * @param version its space is not reused until this is given free
     */
    private record Moment(MVStore.TxCounter version, List<MVMap<?, ?>> tables, Commit last) {}

    private Moment moment() {
        data.writeLock().lock();
        try {
            requireUsable.run();
            MVStore.TxCounter version = store.registerVersionUsage();
            try {
                List<MVMap<?, ?>> snapshot = new ArrayList<>();
                AllTables.of(tables, commitTable)
                        .forEach(table -> snapshot.add(table.openVersion(store.getCurrentVersion())));
                return new Moment(version, snapshot, commitTable.last());
            } catch (RuntimeException | Error e) {
                store.deregisterVersionUsage(version);
                throw e;
            }
        } finally {
            data.writeLock().unlock();
        }
    }
}
