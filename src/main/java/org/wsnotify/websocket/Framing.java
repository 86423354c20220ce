package org.wsnotify.websocket;

import java.util.Optional;

/** How texts are put into WebSocket frames. Immutable. */
public interface Framing {

    /** Most characters of one message. */
    int LONGEST = 65_536;

    /** One text a frame. */
    Framing RAW = text -> text;

    /** Most characters of a message from the client. */
    default int longest() {
        return LONGEST;
    }

    /** The frame of a text. */
    String text(String text);

    /** The first frame. */
    default Optional<String> open() {
        return Optional.empty();
    }

    /** Goes before a ping. */
    default Optional<String> heartbeat() {
        return Optional.empty();
    }

    /** The last frame. */
    default Optional<String> close(int code, String reason) {
        return Optional.empty();
    }
}
