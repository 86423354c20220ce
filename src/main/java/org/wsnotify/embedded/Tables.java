package org.wsnotify.embedded;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/** The tables of an opened file, one group per store. Each store sees only its own, through {@link TableAccess}. */
record Tables(
        InboxTables inbox,
        OutboxTables outbox,
        IdempotencyTables idempotency,
        ScheduleTables schedule,
        StoryTables story) {

    static final StringDataType TEXT = StringDataType.INSTANCE;
    static final LongDataType NUMBER = LongDataType.INSTANCE;

    static Tables of(MVStore store) {
        return new Tables(
                InboxTables.of(store),
                OutboxTables.of(store),
                IdempotencyTables.of(store),
                ScheduleTables.of(store),
                StoryTables.of(store));
    }

    /** Opens a table or creates it. Names and types are part of the {@link FileFormat}. */
    static <K, V> MVMap<K, V> open(MVStore store, String name, DataType<K> keys, DataType<V> values) {
        return store.openMap(name, new TrackedMap.Builder<>(keys, values));
    }

    static TimeIndex index(MVStore store, String name) {
        return new TimeIndex(open(store, name, TimeKey.TYPE, TEXT));
    }
}
