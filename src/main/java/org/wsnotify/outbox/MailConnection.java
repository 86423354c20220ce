package org.wsnotify.outbox;

/** An open connection of a {@link Mailer}, used by one thread. */
public interface MailConnection extends AutoCloseable {

    /**
     * Sends the mail of an entry to the addressees who still wait for it, in one envelope. No addressee sees another's
     * address.
     *
     * @param permit whether the mail may be sent; asked as late as the protocol permits
     * @return the outcome for each address; an address in none of its lists still waits
     * @throws ConnectionClosedException nothing was sent: the server closed the connection before it accepted the mail
     * @throws ClaimEndedException nothing was sent, since the permit is not valid; the connection cannot be used any
     * more
     * @throws MailUnavailableException nothing is known to have been sent, and the connection cannot be used any more
     */
    MailReceipt send(OutboxEntry<OwedMail> entry, SendPermit permit)
            throws MailUnavailableException, ClaimEndedException;

    /** Closes the connection; never throws. */
    @Override
    void close();
}
