package org.wsnotify.password;

/** A stored password cannot be compared with anything. The message says why, and shows nothing of the stored value. */
public class UnusableHashException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableHashException(String message) {
        super(message);
    }
}
