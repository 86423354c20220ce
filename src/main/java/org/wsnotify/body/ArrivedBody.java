package org.wsnotify.body;

/** How a body ended, and what was read of it. */
public final class ArrivedBody {

    private static final byte[] NOTHING = {};

    private final End end;
    private final byte[] bytes;

    /** How it ended. */
    public enum End {
        /** It is here. */
        WHOLE,
        /** It has more bytes than it may have; the rest stays unread. */
        TOO_LONG,
        /** It did not come in time; the rest stays unread. */
        LATE,
        /** Too many are on their way; it stays unread. */
        TOO_MANY,
        /** The connection broke, or what came is no body. */
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

    /** The body, where it is whole; else nothing. */
    public byte[] bytes() {
        return bytes;
    }
}
