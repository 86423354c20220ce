package org.wsnotify.embedded;

import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Reads and changes the tables of one store.
 *
 * <p>The tables are valid only inside a call. Safe for use by many threads. Throws {@link
 * org.wsnotify.notification.StoreUnavailableException} if the file cannot be read or written.
 *
 * @param <T> the tables of the store
 */
final class TableAccess<T> {

    private static final int REMOVED_AT_ONCE = 1_000;

    private final EmbeddedDatabase database;
    private final Function<Tables, T> own;

    TableAccess(EmbeddedDatabase database, Function<Tables, T> own) {
        this.database = database;
        this.own = own;
    }

    /** Reads a consistent view. Changes wait for it, so it must be short. */
    <R> R read(Function<T, R> question) {
        return database.read(tables -> question.apply(own.apply(tables)));
    }

    /** Makes a change that is on the disk when this returns. After a crash all of it is there, or nothing. */
    <R> R write(Function<T, R> change) {
        return database.write(tables -> change.apply(own.apply(tables)));
    }

    /**
     * Removes everything before a time, in batches, so that other changes do not wait long.
     *
     * @param index orders what is removed; its keys are removed too
     * @param remove removes what belongs to an id
     */
    void removeBefore(Instant end, Function<T, TimeIndex> index, BiConsumer<T, String> remove) {
        int removed;
        do {
            removed = write(
                    tables -> index.apply(tables).removeBefore(end, REMOVED_AT_ONCE, id -> remove.accept(tables, id)));
        } while (removed == REMOVED_AT_ONCE);
    }
}
