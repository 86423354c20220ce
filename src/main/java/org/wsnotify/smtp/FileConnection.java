package org.wsnotify.smtp;

import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.wsnotify.folder.PrivateFolder;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/** Writes mails into one folder. The envelope is there before the mail is. */
final class FileConnection implements MailConnection {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final PrivateFolder folder;
    private final MimeMessages messages;

    FileConnection(PrivateFolder folder, MimeMessages messages) {
        this.folder = folder;
        this.messages = messages;
    }

    @Override
    public MailReceipt send(OutboxEntry<OwedMail> entry) throws MailUnavailableException {
        MailEnvelope envelope = MailEnvelope.of(entry);
        if (envelope.isEmpty()) {
            return envelope.receipt(List.of(), List.of(), "not an address that a mail server can be given");
        }
        String name = TIME.format(entry.createdAt()) + "-" + MimeMessages.safeId(entry);
        try {
            byte[] message = ContextLoader.with(() -> bytes(messages.of(entry)));
            folder.write(name + ".envelope", lines(envelope.addresses()));
            folder.write(name + ".eml", message);
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

    private static byte[] lines(List<String> addresses) {
        return (String.join("\n", addresses) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
