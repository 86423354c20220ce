package org.wsnotify.login;

/** Says that logins cannot be checked now. The message is for the log and has no secrets. */
public class LoginUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LoginUnavailableException(String message) {
        super(message);
    }

    public LoginUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
