package org.wsnotify.outbox;

/** The mail server could not be reached, did not let us in, or broke off. Trying again later is the answer. */
public class MailUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public MailUnavailableException(String answer, Throwable cause) {
        super(answer, cause);
    }
}
