package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.OptionalInt;
import org.wsnotify.outbox.ConnectionClosedException;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/**
 * One connection to a mail server.
 *
 * <p>A recipient refused with 5xx is refused for good, with 4xx waits. An answer to the text counts for all in the
 * envelope. What keeps us from sending at all (login, sender, a broken connection) makes the mail server unavailable:
 * that is not the recipients' fault, and an installer can mend it.
 */
final class SmtpConnection implements MailConnection {
    private static final Logger LOG = System.getLogger(SmtpConnection.class.getName());

    private final Transport transport;
    private final MimeMessages messages;

    private final RecipientLimit limit;

    SmtpConnection(Transport transport, MimeMessages messages, RecipientLimit limit) {
        this.transport = transport;
        this.messages = messages;
        this.limit = limit;
    }

    @Override
    public MailReceipt send(OutboxEntry<OwedMail> entry) throws MailUnavailableException {
        MailEnvelope envelope = MailEnvelope.of(entry, limit.most());
        if (envelope.isEmpty()) {
            return envelope.receipt(List.of(), List.of(), "not an address that a mail server can be given");
        }
        OutgoingMessage message = message(entry);
        try {
            return ContextLoader.with(() -> send(message, envelope));
        } catch (MessagingException e) {
            throw unavailable(e, message.wasHandedOver());
        } catch (IllegalStateException e) { // the implementation found it closed
            throw new ConnectionClosedException(ServerAnswer.oneLine(String.valueOf(e.getMessage())), e);
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

    private OutgoingMessage message(OutboxEntry<OwedMail> entry) throws MailUnavailableException {
        try {
            return ContextLoader.with(() -> messages.of(entry));
        } catch (MessagingException e) {
            throw new MailUnavailableException(ServerAnswer.words(e), e);
        }
    }

    private MailReceipt send(OutgoingMessage message, MailEnvelope envelope) throws MessagingException {
        try {
            transport.sendMessage(message, envelope.internetAddresses());
            return envelope.receipt(envelope.addresses(), List.of(), "sent");
        } catch (SendFailedException e) {
            return receipt(e, envelope, message.wasHandedOver());
        }
    }

    private MailReceipt receipt(SendFailedException e, MailEnvelope envelope, boolean handedOver)
            throws SendFailedException {
        List<String> sent = MailEnvelope.addresses(e.getValidSentAddresses());
        List<String> refused = MailEnvelope.addresses(e.getInvalidAddresses());
        OptionalInt code = ServerAnswer.code(e);
        if (!sent.isEmpty()) {
            List<String> tooMany = TooManyRecipients.among(envelope.addresses(), sent, ServerAnswer.repliesBehind(e));
            if (!tooMany.isEmpty()) {
                limit.learn(sent.size());
            }
            return envelope.receipt(sent, refused, tooMany, ServerAnswer.words(e));
        }
        if (handedOver && code.isPresent() && !ServerAnswer.isClosing(e)) {
            return envelope.receipt(
                    List.of(),
                    isForGoodForAll(code.getAsInt(), e) ? envelope.addresses() : refused,
                    ServerAnswer.words(e));
        }
        if (code.isEmpty() && !ServerAnswer.codesBehind(e).isEmpty() && !ServerAnswer.isEnd(e)) {
            return envelope.receipt(List.of(), refused, ServerAnswer.words(e));
        }
        throw e;
    }

    /**
     * Whether a refusal of the text is the last word for all. When a recipient was told to wait before, the API does
     * not say which one: then they all wait, nobody having got the mail, and the next attempt tells them apart.
     */
    private static boolean isForGoodForAll(int code, SendFailedException e) {
        return code >= 500 && ServerAnswer.codesBehind(e).stream().noneMatch(behind -> behind < 500);
    }

    /** A connection that broke after the text may have carried the mail; a 421 says that it did not. */
    private static MailUnavailableException unavailable(MessagingException e, boolean handedOver) {
        String words = ServerAnswer.words(e);
        boolean notTaken = !handedOver || ServerAnswer.code(e).isPresent();
        return ServerAnswer.isEnd(e) && notTaken
                ? new ConnectionClosedException(words, e)
                : new MailUnavailableException(words, e);
    }
}
