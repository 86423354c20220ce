package org.wsnotify.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Takes claimed mails out, one after another, over one connection that is opened for the first of them.
 *
 * <p>One thread, one round. An attempt always has an outcome, whatever went wrong with it.
 */
final class Postman implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OutboxWorker.class.getName());

    private final Mailer mailer;
    private final Settlement settlement;
    private final Outage outage;

    private MailConnection connection;
    private boolean turnedAway;

    Postman(Mailer mailer, Settlement settlement, Outage outage) {
        this.mailer = mailer;
        this.settlement = settlement;
        this.outage = outage;
    }

    /** What became of the entry. */
    OutboxEntry attempt(OutboxEntry claimed) {
        OutboxEntry entry = claimed;
        try {
            entry = settlement.withoutThePresent(claimed);
            return entry.waiting().isEmpty() ? settlement.failed(entry, "") : send(entry);
        } catch (MailUnavailableException e) {
            turnedAway = true;
            outage.began(e.getMessage());
            return settlement.failed(entry, e.getMessage());
        } catch (RuntimeException | Error e) {
            // One entry that cannot be sent must not hold up the others. Its message may hold the mail, so it is not
            // logged.
            LOG.log(
                    Level.WARNING,
                    "Mail {0} could not be sent: {1}",
                    entry.id(),
                    e.getClass().getName());
            close();
            return settlement.failed(entry, e.getClass().getName());
        }
    }

    /** Whether the mail server let us down: no other entry should be tried now. */
    boolean wasTurnedAway() {
        return turnedAway;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private OutboxEntry send(OutboxEntry entry) throws MailUnavailableException {
        if (connection == null) {
            connection = mailer.open();
        }
        MailReceipt receipt = connection.send(entry);
        outage.over();
        return settlement.answered(entry, receipt);
    }
}
