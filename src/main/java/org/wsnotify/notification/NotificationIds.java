package org.wsnotify.notification;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.regex.Pattern;

/**
 * Creates the ids of notifications: 24 hex digits that sort by creation.
 *
 * <p>An id consists of 32 bits of seconds, 10 bits of milliseconds, a sequence of 22 bits and 32 random bits of this
 * process. It has the size and the leading seconds of a MongoDB ObjectId, so it sorts together with the ids of the
 * earlier server. Within one process ids always grow, even if the clock is set back. The ids of one publication are
 * consecutive, so {@link #plus} derives all of them from the first.
 *
 * <p>Safe for use by many threads.
 */
public final class NotificationIds {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");
    private static final int SEQUENCE_BITS = 22;
    private static final int MILLIS_BITS = 10;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;
    private static final long MILLIS_MASK = (1L << MILLIS_BITS) - 1;

    /** The maximum number of ids in one reservation. */
    public static final int MAX_RESERVATION = (int) SEQUENCE_MASK;

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

    /** Reserves consecutive ids and returns the first. The others are {@code plus(first, 1)} and so on. */
    public synchronized String reserve(int count) {
        if (count < 1 || count > MAX_RESERVATION) {
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

    /** Returns the id that follows {@code first} by {@code offset} places in its reservation. */
    public static String plus(String first, int offset) {
        long upper = Long.parseUnsignedLong(first, 0, 16, 16) + offset;
        return hex(upper, 16) + first.substring(16);
    }

    /** Returns whether a text has the form of an id. */
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
