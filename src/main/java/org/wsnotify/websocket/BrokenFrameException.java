package org.wsnotify.websocket;

/** A client sent a frame that cannot be read; its connection is to be closed. The message goes to the client. */
public final class BrokenFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    public BrokenFrameException(String message) {
        super(message);
    }
}
