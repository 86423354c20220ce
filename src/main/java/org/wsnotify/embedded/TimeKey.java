package org.wsnotify.embedded;

import java.time.Instant;

/**
 * Something at a time: ordered by time, so that what is due or old is the beginning of the map.
 *
 * @param millis since 1970
 * @param id tells apart what happens at the same time
 */
record TimeKey(long millis, String id) implements Comparable<TimeKey> {

    static final RecordType<TimeKey> TYPE = RecordType.key(
            TimeKey[]::new,
            key -> key.id.length(),
            (out, key) -> out.millis(key.millis).text(key.id),
            in -> new TimeKey(in.millis(), in.text()));

    static TimeKey of(Instant time, String id) {
        return new TimeKey(time.toEpochMilli(), id);
    }

    @Override
    public int compareTo(TimeKey other) {
        int byTime = Long.compare(millis, other.millis);
        return byTime != 0 ? byTime : id.compareTo(other.id);
    }
}
