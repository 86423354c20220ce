package org.wsnotify.outbox;

/**
 * Sends mails, over connections to a mail server.
 *
 * <p>Safe for use by many threads.
 */
public interface Mailer {

    /**
     * Opens a connection over which several mails can be sent. May block, but not without a limit.
     *
     * @throws MailUnavailableException the mail server cannot be reached, or refuses the login
     */
    MailConnection open() throws MailUnavailableException;
}
