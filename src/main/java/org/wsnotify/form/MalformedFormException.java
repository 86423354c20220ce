package org.wsnotify.form;

/** A text is not encoded as it must be. The message is a sentence for the client that sent it. */
public final class MalformedFormException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    MalformedFormException(String message) {
        super(message);
    }
}
