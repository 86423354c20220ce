package org.wsnotify.sockjs;

/** A body that has no messages. Its message is what the client is told. */
final class BadBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    BadBodyException(String message) {
        super(message);
    }
}
