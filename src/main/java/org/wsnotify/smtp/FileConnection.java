package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.wsnotify.folder.PrivateFolder;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/** Writes mails into one folder, each after its envelope. */
final class FileConnection extends MimeConnection {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final PrivateFolder folder;

    FileConnection(PrivateFolder folder, MimeMessages messages) {
        super(messages);
        this.folder = folder;
    }

    @Override
    int mostRecipients() {
        return Integer.MAX_VALUE;
    }

    @Override
    MailReceipt deliver(OutboxEntry<OwedMail> entry, OutgoingMessage message, MailEnvelope envelope)
            throws MailUnavailableException {
        String name = TIME.format(entry.createdAt()) + "-" + MimeMessages.safeId(entry);
        try {
            byte[] bytes = ContextLoader.with(() -> bytes(message));
            folder.write(name + EnvelopeFiles.ENVELOPE, EnvelopeFiles.lines(envelope.addresses()));
            folder.write(name + EnvelopeFiles.MESSAGE, bytes);
            return envelope.receipt(envelope.addresses(), List.of(), "written to a file");
        } catch (MessagingException | IOException e) {
            throw new MailUnavailableException("The mail cannot be written to a file: " + e, e);
        }
    }

    @Override
    public void close() {
        // Nothing is open between two mails.
    }

    private static byte[] bytes(OutgoingMessage message) throws MessagingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            message.writeTo(bytes);
        } catch (IOException e) {
            throw new MessagingException("The message cannot be written", e);
        }
        return bytes.toByteArray();
    }
}
