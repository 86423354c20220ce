package org.wsnotify.outbox;

/** The mail server could not be reached, refused the login, or broke the connection. Trying again later may succeed. */
public class MailUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public MailUnavailableException(String answer, Throwable cause) {
        super(answer, cause);
    }
}
