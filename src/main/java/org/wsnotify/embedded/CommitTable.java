package org.wsnotify.embedded;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** The table with the last commit of the file. Each commit includes its own entry. */
record CommitTable(MVMap<String, Long> map) {

    private static final String NUMBER = "number";
    private static final String TIME = "time";

    static CommitTable of(MVStore store) {
        return new CommitTable(Tables.open(store, "commits", Tables.TEXT, Tables.NUMBER));
    }

    Commit last() {
        return new Commit(map.getOrDefault(NUMBER, 0L), Instant.ofEpochMilli(map.getOrDefault(TIME, 0L)));
    }

    /** Enters the next commit, and returns it. */
    Commit next(Instant now) {
        Commit next = new Commit(last().number() + 1, now.truncatedTo(ChronoUnit.MILLIS));
        map.put(NUMBER, next.number());
        map.put(TIME, next.at().toEpochMilli());
        return next;
    }
}
