package org.wsnotify.websocket;

import java.util.List;
import java.util.Optional;

/** How texts are put into WebSocket frames. Immutable. */
public interface Framing {

    /** Most characters of one message. */
    int LONGEST = 65_536;

    /** One text a frame. */
    Framing RAW = text -> text;

    /** Returns how many characters a frame from the client may have. */
    default int longest() {
        return LONGEST;
    }

    /** Returns the frame of a text. */
    String text(String text);

    /** Returns the texts in a frame from the client. */
    default List<String> read(String frame) throws BrokenFrameException {
        return List.of(frame);
    }

    /** Returns the first frame, if there is one. */
    default Optional<String> open() {
        return Optional.empty();
    }

    /** Returns the frame that goes before a ping, if there is one. */
    default Optional<String> heartbeat() {
        return Optional.empty();
    }

    /** Returns the last frame, if there is one. */
    default Optional<String> close(int code, String reason) {
        return Optional.empty();
    }
}
