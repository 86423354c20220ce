package org.wsnotify.password;

/** A stored password cannot be compared. The message says why, and contains nothing of the stored value. */
public class UnusableHashException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableHashException(String message) {
        super(message);
    }
}
