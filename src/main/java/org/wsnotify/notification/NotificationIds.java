package org.wsnotify.notification;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Creates the ids of notifications: 24 hex digits that sort by creation.
 *
 * <p>An id consists of 32 bits of seconds, 10 bits of milliseconds, a sequence of 22 bits and the 32 bits of the id of
 * this node. It has the size and the leading seconds of a MongoDB ObjectId, so it sorts together with the ids of the
 * earlier server. Within one process ids always grow, even if the clock is set back or the node gets another id. The
 * ids of one publication are consecutive, so {@link #plus} derives all of them from the first. The ids of publications
 * that are scheduled have the time of their delivery and the upper half of the sequence, so that they are never those of
 * others at that time. When that half is used up, it begins anew with a random number in place of the node: the same
 * times may be asked for again.
 *
 * <p>Safe for use by many threads.
 */
public final class NotificationIds {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern NODE = Pattern.compile("[0-9a-f]{8}");
    private static final int NODE_START = 16;
    private static final long LAST_SECOND = 0xFFFFFFFFL;
    private static final int SEQUENCE_BITS = 22;
    private static final int MILLIS_BITS = 10;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;
    private static final long HALF = 1L << (SEQUENCE_BITS - 1);
    private static final long MILLIS_MASK = (1L << MILLIS_BITS) - 1;

    /** The maximum number of ids in one reservation. */
    public static final int MAX_RESERVATION = (int) HALF;

    private final Clock clock;
    private final Supplier<String> node;
    private long millis;
    private long sequence;
    private long scheduled;
    private Supplier<String> scheduledBy;

    /** Creates ids of a node of its own, with a random id. */
    public NotificationIds(Clock clock) {
        this(clock, randomNode());
    }

    /**
     * @param clock the time of the store, so that the ids of all nodes sort together
     * @param node the id of this node, 8 lower-case hex digits; asked for each reservation
     */
    public NotificationIds(Clock clock, Supplier<String> node) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.node = Objects.requireNonNull(node, "node");
        this.scheduledBy = node;
    }

    private static Supplier<String> randomNode() {
        String random = HexFormat.of().toHexDigits(new SecureRandom().nextInt());
        return () -> random;
    }

    /** Reserves consecutive ids and returns the first. The others are {@code plus(first, 1)} and so on. */
    public synchronized String reserve(int count) {
        requirePossible(count);
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            sequence = 0;
        } else if (sequence + count > HALF) {
            millis++;
            sequence = 0;
        }
        String first = text(millis, sequence, node);
        sequence += count;
        return first;
    }

    /**
     * Reserves consecutive ids for a later time, to the millisecond, and returns the first. They sort behind those that
     * are reserved in that millisecond.
     */
    public synchronized String reserveAt(Instant time, int count) {
        requirePossible(count);
        if (scheduled + count > HALF) {
            scheduled = 0;
            scheduledBy = randomNode();
        }
        String first = text(time.toEpochMilli(), HALF + scheduled, scheduledBy);
        scheduled += count;
        return first;
    }

    private static void requirePossible(int count) {
        if (count < 1 || count > MAX_RESERVATION) {
            throw new IllegalArgumentException("cannot reserve " + count + " ids at once");
        }
    }

    /** Returns the id that follows {@code first} by {@code offset} places in its reservation. */
    public static String plus(String first, int offset) {
        return HexFormat.of().toHexDigits(upper(first) + offset) + first.substring(NODE_START);
    }

    /** Returns whether an id was reserved for a later time. Ids of earlier servers may look as if they were. */
    public static boolean isScheduled(String id) {
        return (upper(id) & HALF) != 0;
    }

    /** Returns the later time for which an id was reserved; empty if there is none. */
    public static Optional<Instant> scheduledFor(String id) {
        return isScheduled(id)
                ? Optional.of(createdAt(id).plusMillis((upper(id) >>> SEQUENCE_BITS) & MILLIS_MASK))
                : Optional.empty();
    }

    /** Returns the first 64 bits of an id, which hold everything but the node. They sort as unsigned numbers. */
    public static long upper(String id) {
        return HexFormat.fromHexDigitsToLong(id, 0, NODE_START);
    }

    /** Returns the last 32 bits of an id, which hold the node. They sort as an unsigned number. */
    public static int lower(String id) {
        return HexFormat.fromHexDigits(id, NODE_START, id.length());
    }

    /** Returns the id of an {@link #upper} and a {@link #lower} part. */
    public static String of(long upper, int lower) {
        return HexFormat.of().toHexDigits(upper) + HexFormat.of().toHexDigits(lower);
    }

    /** Returns the seconds since 1970 in an {@link #upper} part. */
    public static long second(long upper) {
        return upper >>> 32;
    }

    /**
     * Returns the id of the node that created an id. Of what was scheduled, it may be that of no node.
     *
     * @throws IllegalArgumentException if the text does not have the form of an id
     */
    public static String nodeOf(String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("not the id of a notification");
        }
        return id.substring(NODE_START);
    }

    /**
     * Returns an id with its node before the rest. So the ids of one publication are next to each other, without those of
     * other nodes in between.
     */
    public static String byNode(String id) {
        return nodeOf(id) + id.substring(0, NODE_START);
    }

    /** Returns how many places an id is behind another one of the same node; negative if it is before. */
    public static long places(String from, String to) {
        return upper(to) - upper(from);
    }

    /** Returns when an id was created, to the second. */
    public static Instant createdAt(String id) {
        return Instant.ofEpochSecond(Long.parseLong(id, 0, 8, 16));
    }

    /** Returns the smallest id that can have been created at or after an instant, to the second. */
    public static String firstAt(Instant time) {
        long seconds = Math.max(0, Math.min(LAST_SECOND, time.getEpochSecond())); // ids hold no others
        return HexFormat.of().toHexDigits((int) seconds) + "0".repeat(16);
    }

    /** Returns whether a text has the form of an id. */
    public static boolean isId(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    private static String text(long atMillis, long atSequence, Supplier<String> by) {
        long upper = (atMillis / 1000) << 32
                | ((atMillis % 1000) & MILLIS_MASK) << SEQUENCE_BITS
                | (atSequence & SEQUENCE_MASK);
        return HexFormat.of().toHexDigits(upper) + node(by);
    }

    private static String node(Supplier<String> by) {
        String id = by.get();
        if (!NODE.matcher(id).matches()) {
            throw new IllegalStateException("the id of a node has 8 lower-case hex digits");
        }
        return id;
    }
}
