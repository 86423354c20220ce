package org.wsnotify.channel;

/** Why the server ends a session, with the status code of RFC 6455, section 7.4. */
public enum CloseStatus {
    /** The server stops or restarts. */
    GOING_AWAY(1001, "the server is going away"),
    /** The session may have missed something, and must join again. */
    SERVICE_RESTART(1012, "connect again"),
    /** Too many failed logins. */
    POLICY(1008, "too many failed logins"),
    /** The login has ended, for example because its token expired. The client may come back with a new one. */
    LOGIN_ENDED(4001, "the login has ended, come back with a new one"),
    /** The token is wrong. The client must not come back with it. */
    TOKEN_REFUSED(4003, "the token was refused"),
    /** The client did not join in time; it may come back to join. */
    NOT_JOINED(1013, "nobody joined in time"),
    /** The client sent a message that is too large. */
    TOO_LARGE(1009, "the message is too large"),
    /**
     * The client does not read fast enough, or there are too many clients. It may come back, and finds what it missed
     * in the inbox.
     */
    OVERLOADED(1013, "cannot keep up, try again later"),
    /** The client gave no sign of life for too long. */
    LOST(1001, "no sign of life");

    private final int code;
    private final String text;

    CloseStatus(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }
}
