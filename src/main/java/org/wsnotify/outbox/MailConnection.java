package org.wsnotify.outbox;

/** An open connection of a {@link Mailer}, used by one thread. */
public interface MailConnection extends AutoCloseable {

    /**
     * Sends the mail of an entry to those who still wait for it, in one envelope; no address is visible to anybody.
     *
     * @return what became of each; one that is not in it, or in none of its lists, still waits
     * @throws ConnectionClosedException nothing was sent: the server closed the connection before it took the mail
     * @throws MailUnavailableException nothing is known to have been sent, and the connection is of no use any more
     */
    MailReceipt send(OutboxEntry entry) throws MailUnavailableException;

    /** Ends the connection; never throws. */
    @Override
    void close();
}
