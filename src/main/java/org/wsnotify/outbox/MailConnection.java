package org.wsnotify.outbox;

/** An open connection of a {@link Mailer}, used by one thread. */
public interface MailConnection extends AutoCloseable {

    /**
     * Sends the mail of an entry to the addressees who still wait for it, in one envelope. No addressee sees another's
     * address.
     *
     * @return the outcome for each address; an address in none of its lists still waits
     * @throws ConnectionClosedException nothing was sent: the server closed the connection before it accepted the mail
     * @throws MailUnavailableException nothing is known to have been sent, and the connection cannot be used any more
     */
    MailReceipt send(OutboxEntry<OwedMail> entry) throws MailUnavailableException;

    /** Closes the connection; never throws. */
    @Override
    void close();
}
