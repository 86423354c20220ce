package org.wsnotify.sockjs;

/** A body has no messages. The exception's message goes to the client. */
final class BadBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    BadBodyException(String message) {
        super(message);
    }
}
