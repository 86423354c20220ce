package org.wsnotify.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Copies what is live in the tables of an opened file into a new file, and nothing else: no free space, and nothing that
 * was removed before. It can follow later changes, until it is completed. For one thread.
 */
final class FileCopy {

    private static final int ENTRIES_PER_COMMIT = 20_000;

    /** Long texts reach this first. */
    private static final int BYTES_PER_COMMIT = 8 << 20;

    private final Path path;
    private final MVStore target;
    private final Copying copying;
    private int uncommitted;

    private FileCopy(Path path, MVStore target, Copying copying) {
        this.path = path;
        this.target = target;
        this.copying = copying;
    }

    /**
     * Writes a copy to the disk.
     *
     * @param tables all tables of the original, which must not change meanwhile
     * @param path a file that does not exist, or is empty
     * @param copying says when to end early
     * @throws IOException it cannot be written
     * @throws CopyEndedException it was ended early, as in the other methods
     */
    static void write(List<MVMap<?, ?>> tables, Path path, Copying copying) throws IOException {
        FileCopy copy = begin(tables, path, copying);
        try {
            copy.complete();
        } catch (IOException | RuntimeException | Error e) {
            copy.abandon();
            throw e;
        }
    }

    /** Does the same, but leaves the copy open for changes. It must be completed or abandoned. */
    static FileCopy begin(List<MVMap<?, ?>> tables, Path path, Copying copying) {
        FileCopy copy = new FileCopy(path, FileFormat.open(path), copying);
        try {
            Iterator<MVMap<?, ?>> others = AllTables.of(copy.target).iterator();
            for (MVMap<?, ?> table : tables) {
                copy.fill(untyped(table), untyped(others.next()));
            }
            copy.target.commit();
            return copy;
        } catch (RuntimeException | Error e) {
            copy.abandon();
            throw e;
        }
    }

    private void fill(MVMap<Object, Object> from, MVMap<Object, Object> to) {
        Cursor<Object, Object> entries = from.cursor(null);
        while (entries.hasNext()) {
            copying.requireWanted();
            Object key = entries.next();
            to.append(key, entries.getValue());
            commitIfMany();
        }
    }

    /**
     * Copies some entries as they are now, or removes them.
     *
     * @param original the table of the original
     * @param place the place of the table among all
     */
    void follow(MVMap<?, ?> original, int place, Collection<?> keys) {
        MVMap<Object, Object> from = untyped(original);
        MVMap<Object, Object> to = untyped(AllTables.of(target).get(place));
        for (Object key : keys) {
            copying.requireWanted();
            Object value = from.get(key);
            if (value == null) {
                to.remove(key);
            } else {
                to.put(key, value);
            }
            commitIfMany();
        }
    }

    /**
     * Returns a difference between the copy and the original, if the last commit or the sizes of the tables show one.
     *
     * @param originals all tables of the original, which must not change meanwhile
     * @param last the last commit of the original
     */
    Optional<String> difference(List<MVMap<?, ?>> originals, Commit last) {
        List<MVMap<?, ?>> copies = AllTables.of(target);
        for (int place = 0; place < copies.size(); place++) {
            MVMap<?, ?> original = originals.get(place);
            MVMap<?, ?> copy = copies.get(place);
            if (original.sizeAsLong() != copy.sizeAsLong()) {
                return Optional.of("its table " + copy.getName() + " has " + copy.sizeAsLong() + " entries instead of "
                        + original.sizeAsLong());
            }
        }
        Commit copied = CommitTable.of(target).last();
        return copied.equals(last) ? Optional.empty() : Optional.of("it ends with " + copied + " instead of " + last);
    }

    private void commitIfMany() {
        uncommitted++;
        if (uncommitted == ENTRIES_PER_COMMIT || target.getUnsavedMemory() >= BYTES_PER_COMMIT) {
            target.commit();
            uncommitted = 0;
        }
    }

    /** Tables at the same place are the same, so their types fit. */
    @SuppressWarnings("unchecked")
    private static MVMap<Object, Object> untyped(MVMap<?, ?> table) {
        return (MVMap<Object, Object>) table;
    }

    /** Writes everything so far to the disk, so that the completion has little left. */
    void sync() {
        copying.requireWanted();
        target.commit();
        target.sync();
    }

    /** Closes the copy, complete and on the disk. */
    void complete() throws IOException {
        target.commit();
        target.close();
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    /** Closes the copy as it is. The file stays. */
    void abandon() {
        target.closeImmediately();
    }
}
