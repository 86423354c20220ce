package org.wsnotify.embedded;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * The state of the file after a commit.
 *
 * @param number counts the commits of the file from 1; 0 before the first, and in a file of a version that did not
 *     count
 * @param at when it was made; the epoch before the first
 */
record Commit(long number, Instant at) {

    private static final String NUMBER = "number";
    private static final String TIME = "time";

    /** The last one that is in a table. */
    static Commit in(Map<String, Long> table) {
        return new Commit(table.getOrDefault(NUMBER, 0L), Instant.ofEpochMilli(table.getOrDefault(TIME, 0L)));
    }

    /** Puts the next one into a table. */
    static Commit next(Map<String, Long> table, Instant now) {
        Commit next = new Commit(in(table).number + 1, now.truncatedTo(ChronoUnit.MILLIS));
        table.put(NUMBER, next.number);
        table.put(TIME, next.at.toEpochMilli());
        return next;
    }

    /** For messages. */
    @Override
    public String toString() {
        return number == 0 ? "no commit" : "commit " + number + " of " + at;
    }
}
