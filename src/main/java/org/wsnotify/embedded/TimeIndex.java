package org.wsnotify.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;

/** Ids by time, the earliest first. The values of the map mean nothing. */
record TimeIndex(MVMap<TimeKey, String> map) {

    private static final String NOTHING = "";

    void add(TimeKey key) {
        map.put(key, NOTHING);
    }

    void remove(TimeKey key) {
        map.remove(key);
    }

    /** Returns the earliest key, or null if the index is empty. */
    TimeKey firstKey() {
        return map.firstKey();
    }

    long size() {
        return map.sizeAsLong();
    }

    /**
     * Removes the earliest keys that are before a time.
     *
     * @param most the maximum number of keys to remove
     * @param removed is told the id of each
     * @return how many it removed
     */
    int removeBefore(Instant end, int most, Consumer<String> removed) {
        List<TimeKey> old = before(end, most, key -> true);
        for (TimeKey key : old) {
            map.remove(key);
            removed.accept(key.id());
        }
        return old.size();
    }

    /** Returns the earliest keys that are before a time and pass a test, without removing them. */
    List<TimeKey> before(Instant end, int most, Predicate<TimeKey> test) {
        List<TimeKey> found = new ArrayList<>();
        Iterator<TimeKey> keys = map.keyIterator(null);
        while (found.size() < most && keys.hasNext()) {
            TimeKey key = keys.next();
            if (key.millis() >= end.toEpochMilli()) {
                break;
            }
            if (test.test(key)) {
                found.add(key);
            }
        }
        return found;
    }
}
