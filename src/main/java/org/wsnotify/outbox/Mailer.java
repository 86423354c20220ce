package org.wsnotify.outbox;

/**
 * Takes mails out of the house.
 *
 * <p>Safe for use by many threads.
 */
public interface Mailer {

    /**
     * Opens a connection over which several mails can be sent. May block, but not for ever.
     *
     * @throws MailUnavailableException the mail server cannot be reached, or does not let us in
     */
    MailConnection open() throws MailUnavailableException;
}
