package org.wsnotify.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
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
        List<TimeKey> old = before(end, most);
        for (TimeKey key : old) {
            map.remove(key);
            removed.accept(key.id());
        }
        return old.size();
    }

    boolean contains(TimeKey key) {
        return map.containsKey(key);
    }

    /** Returns the earliest keys that are before a time, without removing them. */
    List<TimeKey> before(Instant end, int most) {
        return between(null, end, most);
    }

    /** Returns the earliest keys after another one, or from the start if that is null, that are before a time. */
    List<TimeKey> between(TimeKey after, Instant end, int most) {
        List<TimeKey> found = new ArrayList<>();
        Iterator<TimeKey> keys = map.keyIterator(after);
        while (found.size() < most && keys.hasNext()) {
            TimeKey key = keys.next();
            if (key.millis() >= end.toEpochMilli()) {
                break;
            }
            if (!key.equals(after)) {
                found.add(key);
            }
        }
        return found;
    }
}
