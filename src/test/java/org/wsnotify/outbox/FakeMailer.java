package org.wsnotify.outbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wsnotify.outbox.Addressee.Outcome;

/** A mail server that behaves as a test tells it. */
final class FakeMailer implements Mailer {

    /** What happens when a mail is handed over. */
    @FunctionalInterface
    interface Behaviour {
        MailReceipt send(OutboxEntry<OwedMail> entry) throws MailUnavailableException;
    }

    final List<String> sent = new ArrayList<>();
    int opened;
    int closed;
    boolean unreachable;
    Runnable whileOpening = () -> {};
    Behaviour behaviour = FakeMailer::takesAll;

    @Override
    public MailConnection open() throws MailUnavailableException {
        opened++;
        whileOpening.run();
        if (unreachable) {
            throw new MailUnavailableException("connection refused", null);
        }
        return new MailConnection() {
            @Override
            public MailReceipt send(OutboxEntry<OwedMail> entry, SendPermit permit) throws MailUnavailableException {
                MailReceipt receipt = behaviour.send(entry);
                sent.add(entry.id());
                return receipt;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }

    static MailReceipt takesAll(OutboxEntry<OwedMail> entry) {
        Set<String> all = new HashSet<>();
        entry.owed().waiting().forEach(one -> all.add(one.email()));
        return new MailReceipt(all, Set.of(), "250 taken");
    }

    static List<Outcome> outcomes(OutboxEntry<OwedMail> entry) {
        return entry.owed().addressees().stream().map(Addressee::outcome).toList();
    }
}
