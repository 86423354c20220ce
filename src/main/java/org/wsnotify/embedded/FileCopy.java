package org.wsnotify.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Copies what is live in the tables of an opened file into a new file, and nothing else: no free space, and nothing that
 * was removed. For one thread.
 */
final class FileCopy {

    private static final int ENTRIES_PER_COMMIT = 20_000;

    /** Long texts reach this first. */
    private static final int BYTES_PER_COMMIT = 8 << 20;

    private final MVStore target;
    private int uncommitted;

    private FileCopy(MVStore target) {
        this.target = target;
    }

    /**
     * Writes the copy to the disk.
     *
     * @param tables all tables of the original, which must not change meanwhile
     * @param path a file that does not exist, or is empty
     * @throws IOException it cannot be written
     */
    static void write(List<MVMap<?, ?>> tables, Path path) throws IOException {
        MVStore target = FileFormat.open(path);
        try {
            FileCopy copy = new FileCopy(target);
            Iterator<MVMap<?, ?>> others = AllTables.of(target).iterator();
            for (MVMap<?, ?> table : tables) {
                copy.table(table, others.next());
            }
            target.commit();
            target.close();
        } catch (RuntimeException | Error e) {
            target.closeImmediately();
            throw e;
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    /** Both are the same table, so their types fit. */
    @SuppressWarnings("unchecked")
    private void table(MVMap<?, ?> from, MVMap<?, ?> to) {
        fill((MVMap<Object, Object>) from, (MVMap<Object, Object>) to);
    }

    private void fill(MVMap<Object, Object> from, MVMap<Object, Object> to) {
        Cursor<Object, Object> entries = from.cursor(null);
        while (entries.hasNext()) {
            Object key = entries.next();
            to.append(key, entries.getValue());
            uncommitted++;
            if (uncommitted == ENTRIES_PER_COMMIT || target.getUnsavedMemory() >= BYTES_PER_COMMIT) {
                target.commit();
                uncommitted = 0;
            }
        }
    }

    /** Removes a copy that is not needed. */
    static void discard(Path path) throws IOException {
        Files.deleteIfExists(path);
    }
}
