package org.wsnotify.login;

/** Nobody can be logged in now, for a reason that is ours: the message says it, for the log, without secrets. */
public class LoginUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LoginUnavailableException(String message) {
        super(message);
    }

    public LoginUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
