package org.wsnotify.embedded;

import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** Every table of a file, always in the same order. */
final class AllTables {

    private AllTables() {}

    /** Opens all tables of a file, or creates them. */
    static List<MVMap<?, ?>> of(MVStore store) {
        return of(Tables.of(store), CommitTable.of(store));
    }

    static List<MVMap<?, ?>> of(Tables tables, CommitTable commits) {
        List<MVMap<?, ?>> all = new ArrayList<>();
        all.addAll(tables.inbox().all());
        all.addAll(tables.outbox().all());
        all.addAll(tables.idempotency().all());
        all.addAll(tables.schedule().all());
        all.addAll(tables.story().all());
        all.add(commits.map());
        return all;
    }
}
