package org.wsnotify.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes claimed mails out, one after another, over one connection that is opened for the first of them.
 *
 * <p>When the mail server closes a connection over which it took mails, the next mail goes at once over a new one. When
 * it closes a new one before it took any, it is not available.
 *
 * <p>One thread, one round. An attempt always has an outcome, whatever went wrong with it.
 */
final class MailSender implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OutboxWorker.class.getName());

    private final Mailer mailer;
    private final AttemptOutcome settlement;
    private final OutageLog outage;

    /** Entries that need more than one envelope, with the addresses that were tried already and must wait. */
    private final Map<String, Set<String>> tried = new HashMap<>();

    private MailConnection connection;
    private boolean carried;
    private boolean turnedAway;

    MailSender(Mailer mailer, AttemptOutcome settlement, OutageLog outage) {
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
            carried = false;
        }
    }

    private OutboxEntry send(OutboxEntry entry) throws MailUnavailableException {
        MailReceipt receipt = handOver(withoutTheTried(entry));
        outage.over();
        OutboxEntry told = settlement.answered(entry, receipt);
        if (receipt.untried().isEmpty()) {
            tried.remove(entry.id());
        } else {
            tried.put(entry.id(), addresses(told.waiting(), receipt.untried()));
        }
        return told;
    }

    /** A connection that took mails before may be closed at any time: that says nothing about the next one. */
    private MailReceipt handOver(OutboxEntry entry) throws MailUnavailableException {
        if (carried) {
            try {
                return connection.send(entry);
            } catch (ConnectionClosedException e) {
                LOG.log(Level.DEBUG, "The mail server closed the connection, a new one is opened: {0}", e.getMessage());
                close();
            }
        }
        if (connection == null) {
            connection = mailer.open();
        }
        MailReceipt receipt = connection.send(entry);
        carried = !receipt.sent().isEmpty();
        return receipt;
    }

    private OutboxEntry withoutTheTried(OutboxEntry entry) {
        Set<String> before = tried.getOrDefault(entry.id(), Set.of());
        return entry.withAddressees(entry.addressees().stream()
                .filter(one -> !before.contains(one.email()))
                .toList());
    }

    private static Set<String> addresses(List<Addressee> waiting, Set<String> without) {
        return waiting.stream()
                .map(Addressee::email)
                .filter(email -> !without.contains(email))
                .collect(Collectors.toSet());
    }
}
