package org.wsnotify.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sends claimed mails one after another, over one connection that is opened for the first of them.
 *
 * <p>If the mail server closes a connection over which it accepted mails, the next mail is sent at once over a new one.
 * If it closes a new connection before it accepted a mail, it counts as unavailable.
 *
 * <p>Used by one thread for one round. Every attempt has an outcome, whatever failed, unless the claim ended.
 */
final class MailSender implements AutoCloseable {
    private static final Logger LOG = System.getLogger(OutboxWorker.class.getName());

    private final Mailer mailer;
    private final AttemptOutcome attemptOutcome;
    private final OutageLog outage;

    /** The addresses that were tried already and must wait, by the id of an entry that needs several envelopes. */
    private final Map<String, Set<String>> tried = new HashMap<>();

    private MailConnection connection;
    private boolean used;
    private boolean unavailable;

    MailSender(Mailer mailer, AttemptOutcome attemptOutcome, OutageLog outage) {
        this.mailer = mailer;
        this.attemptOutcome = attemptOutcome;
        this.outage = outage;
    }

    /**
     * Tries to send an entry, and returns it with its outcome.
     *
     * @throws ClaimEndedException nothing was sent, and there is no outcome
     */
    OutboxEntry<OwedMail> attempt(OutboxEntry<OwedMail> entry, SendPermit permit) throws ClaimEndedException {
        try {
            return entry.owed().waiting().isEmpty() ? attemptOutcome.ended(entry, "") : send(entry, permit);
        } catch (ClaimEndedException e) {
            close();
            throw e;
        } catch (MailUnavailableException e) {
            unavailable = true;
            outage.began(e.getMessage());
            return attemptOutcome.ended(entry, e.getMessage());
        } catch (RuntimeException | Error e) {
            // An entry that cannot be sent must not delay the others. The message of the failure may contain the
            // mail, so it is not logged.
            LOG.log(
                    Level.WARNING,
                    "Mail {0} could not be sent: {1}",
                    entry.id(),
                    e.getClass().getName());
            close();
            return attemptOutcome.ended(entry, e.getClass().getName());
        }
    }

    /** Whether the mail server was unavailable, so that no other entry should be tried now. */
    boolean foundItUnavailable() {
        return unavailable;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
            used = false;
        }
    }

    private OutboxEntry<OwedMail> send(OutboxEntry<OwedMail> entry, SendPermit permit)
            throws MailUnavailableException, ClaimEndedException {
        MailReceipt receipt = handOver(withoutTheTried(entry), permit);
        outage.over();
        OutboxEntry<OwedMail> told = attemptOutcome.answered(entry, receipt);
        if (receipt.untried().isEmpty()) {
            tried.remove(entry.id());
        } else {
            tried.put(entry.id(), addresses(told.owed().waiting(), receipt.untried()));
        }
        return told;
    }

    /** A used connection may be closed at any time: that does not make the mail server unavailable. */
    private MailReceipt handOver(OutboxEntry<OwedMail> entry, SendPermit permit)
            throws MailUnavailableException, ClaimEndedException {
        if (used) {
            try {
                return sendIfPermitted(entry, permit);
            } catch (ConnectionClosedException e) {
                LOG.log(Level.DEBUG, "The mail server closed the connection; a new one is opened: {0}", e.getMessage());
                close();
            }
        }
        if (connection == null) {
            connection = mailer.open();
        }
        MailReceipt receipt = sendIfPermitted(entry, permit);
        used = !receipt.sent().isEmpty();
        return receipt;
    }

    private MailReceipt sendIfPermitted(OutboxEntry<OwedMail> entry, SendPermit permit)
            throws MailUnavailableException, ClaimEndedException {
        if (!permit.isValid()) {
            throw new ClaimEndedException();
        }
        return connection.send(entry, permit);
    }

    private OutboxEntry<OwedMail> withoutTheTried(OutboxEntry<OwedMail> entry) {
        Set<String> before = tried.getOrDefault(entry.id(), Set.of());
        return entry.withOwed(entry.owed()
                .withAddressees(entry.owed().addressees().stream()
                        .filter(one -> !before.contains(one.email()))
                        .toList()));
    }

    private static Set<String> addresses(List<Addressee> waiting, Set<String> without) {
        return waiting.stream()
                .map(Addressee::email)
                .filter(email -> !without.contains(email))
                .collect(Collectors.toSet());
    }
}
