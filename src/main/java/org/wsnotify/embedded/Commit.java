package org.wsnotify.embedded;

import java.time.Instant;

/**
 * A commit of the file.
 *
 * @param number counts the commits of the file from 1; 0 before the first, and in a file of a version that did not
 *     count
 * @param at the time of the commit; the epoch before the first
 */
record Commit(long number, Instant at) {

    /** Returns a text for messages. */
    @Override
    public String toString() {
        return number == 0 ? "no commit" : "commit " + number + " of " + at;
    }
}
