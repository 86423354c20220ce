package org.wsnotify.outbox;

/**
 * The mail server closed the connection, with a 421 (RFC 5321, 3.8) or without an answer, and did not accept the mail.
 *
 * <p>Many servers do so after a number of mails, and accept the next ones over a new connection.
 */
public class ConnectionClosedException extends MailUnavailableException {
    private static final long serialVersionUID = 1L;

    public ConnectionClosedException(String answer, Throwable cause) {
        super(answer, cause);
    }
}
