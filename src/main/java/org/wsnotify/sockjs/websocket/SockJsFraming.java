package org.wsnotify.sockjs.websocket;

import java.util.List;
import java.util.Optional;
import org.wsnotify.sockjs.Frames;
import org.wsnotify.websocket.Framing;

/** The frames of SockJS on a WebSocket. Immutable. */
final class SockJsFraming implements Framing {

    /** The client broke the protocol. */
    static final int PROTOCOL_ERROR = 1002;

    /** A message is quoted within the frame. */
    @Override
    public int longest() {
        return 2 * LONGEST;
    }

    @Override
    public String text(String text) {
        return Frames.messages(List.of(text));
    }

    @Override
    public Optional<String> open() {
        return Optional.of(Frames.OPEN);
    }

    @Override
    public Optional<String> heartbeat() {
        return Optional.of(Frames.HEARTBEAT);
    }

    /** None after a broken frame: the protocol wants the connection to end abruptly then. */
    @Override
    public Optional<String> close(int code, String reason) {
        return code == PROTOCOL_ERROR ? Optional.empty() : Optional.of(Frames.close(code, reason));
    }
}
