package org.wsnotify.embedded;

import java.time.Instant;

/**
 * The key of a {@link TimeIndex}: ordered by time, so that the map begins with what is due or old.
 *
 * @param millis milliseconds since 1970
 * @param id distinguishes keys of the same time
 */
record TimeKey(long millis, String id) implements Comparable<TimeKey> {

    static final RecordType<TimeKey> TYPE = RecordType.key(
            TimeKey[]::new,
            key -> key.id.length(),
            (out, key) -> out.millis(key.millis).text(key.id),
            in -> new TimeKey(in.millis(), in.text()));

    /** Returns a time as digits that sort like the times. */
    static String digits(Instant time) {
        return String.format("%015d", time.toEpochMilli());
    }

    static TimeKey of(Instant time, String id) {
        return new TimeKey(time.toEpochMilli(), id);
    }

    @Override
    public int compareTo(TimeKey other) {
        int byTime = Long.compare(millis, other.millis);
        return byTime != 0 ? byTime : id.compareTo(other.id);
    }
}
