package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import java.util.List;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/** Makes the message and the envelope of each entry; a subclass delivers them. Used by one thread at a time. */
abstract class MimeConnection implements MailConnection {

    private final MimeMessages messages;

    MimeConnection(MimeMessages messages) {
        this.messages = messages;
    }

    @Override
    public final MailReceipt send(OutboxEntry<OwedMail> entry) throws MailUnavailableException {
        MailEnvelope envelope = MailEnvelope.of(entry, mostRecipients());
        if (envelope.isEmpty()) {
            return envelope.receipt(List.of(), List.of(), "not an address that a mail server can be given");
        }
        return deliver(entry, message(entry), envelope);
    }

    /** Returns how many addresses an envelope may have. */
    abstract int mostRecipients();

    /** Delivers a message whose envelope is not empty. */
    abstract MailReceipt deliver(OutboxEntry<OwedMail> entry, OutgoingMessage message, MailEnvelope envelope)
            throws MailUnavailableException;

    private OutgoingMessage message(OutboxEntry<OwedMail> entry) throws MailUnavailableException {
        try {
            return ContextLoader.with(() -> messages.of(entry));
        } catch (MessagingException e) {
            throw new MailUnavailableException(ServerAnswer.words(e), e);
        }
    }
}
