package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import java.util.List;
import org.wsnotify.outbox.ClaimEndedException;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.SendPermit;

/** Makes the message and the envelope of each entry; a subclass delivers them. Used by one thread at a time. */
abstract class MimeConnection implements MailConnection {

    private final MimeMessages messages;

    MimeConnection(MimeMessages messages) {
        this.messages = messages;
    }

    @Override
    public final MailReceipt send(OutboxEntry<OwedMail> entry, SendPermit permit)
            throws MailUnavailableException, ClaimEndedException {
        MailEnvelope envelope = MailEnvelope.of(entry, mostRecipients());
        if (envelope.isEmpty()) {
            return envelope.receipt(List.of(), List.of(), "not an address that a mail server can be given");
        }
        OutgoingMessage message = message(entry, permit);
        try {
            return deliver(entry, message, envelope);
        } catch (MailUnavailableException e) {
            if (message.wasForbidden()) {
                throw new ClaimEndedException();
            }
            throw e;
        }
    }

    /** Returns how many addresses an envelope may have. */
    abstract int mostRecipients();

    /** Delivers a message whose envelope is not empty. */
    abstract MailReceipt deliver(OutboxEntry<OwedMail> entry, OutgoingMessage message, MailEnvelope envelope)
            throws MailUnavailableException;

    private OutgoingMessage message(OutboxEntry<OwedMail> entry, SendPermit permit) throws MailUnavailableException {
        try {
            return ContextLoader.with(() -> messages.of(entry, permit));
        } catch (MessagingException e) {
            throw new MailUnavailableException(ServerAnswer.words(e), e);
        }
    }
}
