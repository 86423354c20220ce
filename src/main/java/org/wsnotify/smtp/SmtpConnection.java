package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.wsnotify.outbox.ConnectionClosedException;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/**
 * One connection to a mail server.
 *
 * <p>A recipient refused with 5xx is refused for good; one refused with 4xx waits. An answer to the text counts for the
 * whole envelope. A refused login or sender and a broken connection make the mail server unavailable: an installer can
 * correct them, and no recipient is refused.
 */
final class SmtpConnection extends MimeConnection {
    private static final Logger LOG = System.getLogger(SmtpConnection.class.getName());

    private final Transport transport;
    private final RecipientLimit limit;

    SmtpConnection(Transport transport, MimeMessages messages, RecipientLimit limit) {
        super(messages);
        this.transport = transport;
        this.limit = limit;
    }

    @Override
    int mostRecipients() {
        return limit.most();
    }

    @Override
    MailReceipt deliver(OutboxEntry<OwedMail> entry, OutgoingMessage message, MailEnvelope envelope)
            throws MailUnavailableException {
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
        Map<String, String> replies = ServerAnswer.byAddress(envelope.addresses(), sent, e);
        if (!sent.isEmpty()) {
            List<String> tooMany = TooManyRecipients.among(envelope.addresses(), sent, ServerAnswer.repliesBehind(e));
            if (!tooMany.isEmpty()) {
                limit.learn(sent.size());
            }
            return envelope.receipt(sent, refused, tooMany, replies, ServerAnswer.words(e));
        }
        if (handedOver && code.isPresent() && !ServerAnswer.isClosing(e)) {
            return envelope.receipt(
                    List.of(),
                    isForGoodForAll(code.getAsInt(), e) ? envelope.addresses() : refused,
                    ServerAnswer.words(e));
        }
        if (code.isEmpty() && !ServerAnswer.codesBehind(e).isEmpty() && !ServerAnswer.isEnd(e)) {
            return envelope.receipt(List.of(), refused, List.of(), replies, ServerAnswer.words(e));
        }
        throw e;
    }

    /**
     * Whether a refusal of the text refuses all recipients for good. If one of them was refused with 4xx before, the
     * API does not say which. Then all wait, since nobody got the mail, and the next attempt tells them apart.
     */
    private static boolean isForGoodForAll(int code, SendFailedException e) {
        return code >= 500 && ServerAnswer.codesBehind(e).stream().noneMatch(behind -> behind < 500);
    }

    /** A mail may have arrived if the connection broke after the text. An answer, such as 421, says that it did not. */
    private static MailUnavailableException unavailable(MessagingException e, boolean handedOver) {
        String words = ServerAnswer.words(e);
        boolean notTaken = !handedOver || ServerAnswer.code(e).isPresent();
        return ServerAnswer.isEnd(e) && notTaken
                ? new ConnectionClosedException(words, e)
                : new MailUnavailableException(words, e);
    }
}
