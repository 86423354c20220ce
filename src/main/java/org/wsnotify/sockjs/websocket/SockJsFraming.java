package org.wsnotify.sockjs.websocket;

import java.util.List;
import java.util.Optional;
import org.wsnotify.sockjs.Frames;
import org.wsnotify.websocket.BrokenFrameException;
import org.wsnotify.websocket.Framing;
import org.wsnotify.wire.AsciiJson;

/** The frames of SockJS on a WebSocket; "Websocket" in the protocol. Immutable. */
public final class SockJsFraming implements Framing {

    /** The client broke the protocol. */
    static final int PROTOCOL_ERROR = 1002;

    /** Messages are quoted within a frame, which makes them longer. */
    @Override
    public int longest() {
        return 2 * LONGEST;
    }

    @Override
    public String text(String text) {
        return Frames.messages(List.of(text));
    }

    /** Reads an array of messages, or one message. An empty frame has none. */
    @Override
    public List<String> read(String frame) throws BrokenFrameException {
        if (frame.isEmpty()) {
            return List.of();
        }
        try {
            return AsciiJson.strings(frame.startsWith("[") ? frame : "[" + frame + "]");
        } catch (AsciiJson.NoStringsException e) {
            throw new BrokenFrameException("Broken JSON encoding.");
        }
    }

    @Override
    public Optional<String> open() {
        return Optional.of(Frames.OPEN);
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of(Frames.HEARTBEAT);
    }

    /** Returns none after a broken frame: the protocol wants the connection to end abruptly then. */
    @Override
    public Optional<String> close(int code, String reason) {
        return code == PROTOCOL_ERROR ? Optional.empty() : Optional.of(Frames.close(code, reason));
    }
}
