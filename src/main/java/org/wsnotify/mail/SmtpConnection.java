package org.wsnotify.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.OptionalInt;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.OutboxEntry;

/**
 * One connection to a mail server.
 *
 * <p>A recipient refused with 5xx is refused for good, with 4xx waits. An answer to the text counts for all in the envelope. What
 * keeps us from sending at all (login, sender, a broken connection) makes the mail server unavailable: that is not the
 * recipients' fault, and an installer can mend it.
 */
final class SmtpConnection implements MailConnection {
    private static final Logger LOG = System.getLogger(SmtpConnection.class.getName());

    private final Transport transport;
    private final MimeMessages messages;

    SmtpConnection(Transport transport, MimeMessages messages) {
        this.transport = transport;
        this.messages = messages;
    }

    @Override
    public MailReceipt send(OutboxEntry entry) throws MailUnavailableException {
        Envelope envelope = Envelope.of(entry);
        if (envelope.isEmpty()) {
            return envelope.receipt(List.of(), List.of(), "not an address that a mail server can be given");
        }
        try {
            return ContextLoader.with(() -> send(messages.of(entry), envelope));
        } catch (MessagingException | IllegalStateException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void close() {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.log(Level.DEBUG, "The connection to the mail server did not end well", e);
        }
    }

    private MailReceipt send(OutgoingMessage message, Envelope envelope) throws MessagingException {
        try {
            transport.sendMessage(message, envelope.internetAddresses());
            return envelope.receipt(envelope.addresses(), List.of(), "sent");
        } catch (SendFailedException e) {
            return receipt(e, envelope, message.wasHandedOver());
        }
    }

    private static MailReceipt receipt(SendFailedException e, Envelope envelope, boolean handedOver)
            throws SendFailedException {
        List<String> sent = Envelope.addresses(e.getValidSentAddresses());
        List<String> refused = Envelope.addresses(e.getInvalidAddresses());
        OptionalInt code = ServerAnswer.code(e);
        if (!sent.isEmpty()) {
            return envelope.receipt(sent, refused, ServerAnswer.words(e));
        }
        if (handedOver && code.isPresent()) {
            return envelope.receipt(
                    List.of(),
                    isForGoodForAll(code.getAsInt(), e) ? envelope.addresses() : refused,
                    ServerAnswer.words(e));
        }
        if (code.isEmpty() && !ServerAnswer.codesBehind(e).isEmpty()) {
            return envelope.receipt(List.of(), refused, ServerAnswer.words(e));
        }
        throw e;
    }

    /**
     * Whether a refusal of the text is the last word for all. When a recipient was told to wait before, the API does not say which
     * one: then they all wait, nobody having got the mail, and the next attempt tells them apart.
     */
    private static boolean isForGoodForAll(int code, SendFailedException e) {
        return code >= 500 && ServerAnswer.codesBehind(e).stream().noneMatch(behind -> behind < 500);
    }

    private static MailUnavailableException unavailable(Exception e) {
        String words = e instanceof MessagingException messaging
                ? ServerAnswer.words(messaging)
                : ServerAnswer.oneLine(String.valueOf(e.getMessage()));
        return new MailUnavailableException(words, e);
    }
}
