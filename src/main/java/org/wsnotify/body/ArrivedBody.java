package org.wsnotify.body;

/** The result of reading a body. Immutable. */
public final class ArrivedBody {

    private static final byte[] NOTHING = {};

    private final End end;
    private final byte[] bytes;

    /** How the reading ended. */
    public enum End {
        /** All of it was read. */
        WHOLE,
        /** It is too long; the rest stays unread. */
        TOO_LONG,
        /** It did not arrive in time; the rest stays unread. */
        LATE,
        /** Too many others are arriving; it stays unread. */
        TOO_MANY,
        /** The connection broke, or the body is malformed. */
        BROKEN
    }

    private ArrivedBody(End end, byte[] bytes) {
        this.end = end;
        this.bytes = bytes;
    }

    static ArrivedBody whole(byte[] bytes) {
        return new ArrivedBody(End.WHOLE, bytes);
    }

    static ArrivedBody not(End end) {
        return new ArrivedBody(end, NOTHING);
    }

    public End end() {
        return end;
    }

    /** Returns the body if all of it was read, else nothing. */
    public byte[] bytes() {
        return bytes;
    }
}
