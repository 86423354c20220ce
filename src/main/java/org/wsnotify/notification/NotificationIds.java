package org.wsnotify.notification;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.regex.Pattern;

/**
 * Makes the ids of notifications: 24 hex digits that sort by creation.
 *
 * <p>An id has the size and the leading seconds of a MongoDB ObjectId, so that ids of the earlier server and ours sort
 * together: 32 bits of seconds, 10 bits of milliseconds, a sequence of 22 bits and 32 random bits of this process.
 * Within one process ids always grow, also when the clock is set back. The ids of one publication are consecutive, so
 * that the first one stands for all: see {@link #plus}.
 *
 * <p>Safe for use by many threads.
 */
public final class NotificationIds {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");
    private static final int SEQUENCE_BITS = 22;
    private static final int MILLIS_BITS = 10;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;
    private static final long MILLIS_MASK = (1L << MILLIS_BITS) - 1;

    /** How many ids can be reserved at once. */
    public static final int MOST_AT_ONCE = (int) SEQUENCE_MASK;

    private final Clock clock;
    private final int process;
    private long millis;
    private long sequence;

    public NotificationIds(Clock clock) {
        this(clock, new SecureRandom().nextInt());
    }

    NotificationIds(Clock clock, int process) {
        this.clock = clock;
        this.process = process;
    }

    /** Reserves {@code count} consecutive ids and gives the first; the others are {@code plus(first, 1)} and so on. */
    public synchronized String reserve(int count) {
        if (count < 1 || count > MOST_AT_ONCE) {
            throw new IllegalArgumentException("cannot reserve " + count + " ids at once");
        }
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            sequence = 0;
        } else if (sequence + count > SEQUENCE_MASK + 1) {
            millis++;
            sequence = 0;
        }
        String first = text(millis, sequence);
        sequence += count;
        return first;
    }

    /** The id that stands {@code offset} places behind {@code first} in its reservation. */
    public static String plus(String first, int offset) {
        long upper = Long.parseUnsignedLong(first, 0, 16, 16) + offset;
        return hex(upper, 16) + first.substring(16);
    }

    /** Whether {@code text} has the form of an id. */
    public static boolean isId(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    private String text(long atMillis, long atSequence) {
        long upper = (atMillis / 1000) << 32
                | ((atMillis % 1000) & MILLIS_MASK) << SEQUENCE_BITS
                | (atSequence & SEQUENCE_MASK);
        return hex(upper, 16) + hex(process & 0xffffffffL, 8);
    }

    private static String hex(long value, int digits) {
        String hex = Long.toHexString(value);
        return "0".repeat(digits - hex.length()) + hex;
    }
}
