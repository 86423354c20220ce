package org.wsnotify.smtp;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import org.wsnotify.mail.HeaderText;
import org.wsnotify.mail.Mail;
import org.wsnotify.mail.TextType;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.SendPermit;

/**
 * Makes the message of an outbox entry.
 *
 * <p>The message names no recipients; only the envelope does. An entry always makes the same message, so a mail that
 * may have arrived already is recognised by its Message-ID. Safe for use by many threads.
 */
final class MimeMessages {
    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private final Session session;
    private final Sender sender;

    MimeMessages(Session session, Sender sender) {
        this.session = session;
        this.sender = sender;
    }

    /** Returns a session of jakarta.mail, through the class loader that sees its implementation. */
    static Session session(Properties properties) {
        try {
            return ContextLoader.with(() -> Session.getInstance(properties));
        } catch (MessagingException e) {
            throw new IllegalStateException("jakarta.mail cannot be used", e);
        }
    }

    /**
     * Returns the message, ready to be sent.
     *
     * @param permit whether its text may be sent
     * @throws IllegalArgumentException the mail of the entry breaks a rule of {@code mail}
     */
    OutgoingMessage of(OutboxEntry<OwedMail> entry, SendPermit permit) {
        Mail mail = entry.owed().mail();
        if (!HeaderText.isSubject(mail.subject()) || !HeaderText.isMimeVersion(mail.mimeVersion())) {
            throw new IllegalArgumentException("The subject or the MIME version cannot be a header");
        }
        TextType type = TextType.parse(mail.contentType())
                .orElseThrow(() -> new IllegalArgumentException("The content type is not a text"))
                .fitFor(mail.content());
        try {
            return message(entry, type, permit);
        } catch (MessagingException e) {
            throw new IllegalArgumentException("The mail cannot be a message", e);
        }
    }

    /** Returns the id of an entry in a form that is safe in a Message-ID and in a file name. */
    static String safeId(OutboxEntry<OwedMail> entry) {
        String id = entry.id();
        return SAFE_ID.matcher(id).matches()
                ? id
                : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private OutgoingMessage message(OutboxEntry<OwedMail> entry, TextType type, SendPermit permit)
            throws MessagingException {
        Mail mail = entry.owed().mail();
        String messageId = "<" + safeId(entry) + "@" + sender.domain() + ">";
        OutgoingMessage message = new OutgoingMessage(session, messageId, mail.mimeVersion(), permit);
        message.setFrom(sender.address());
        message.setHeader("To", "undisclosed-recipients:;");
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(date(entry.createdAt()));
        // RFC 3834: prevents vacation notices in reply.
        message.setHeader("Auto-Submitted", "auto-generated");
        // The same for Exchange (MS-OXCMAIL), which ignores the former; also prevents receipts.
        message.setHeader("X-Auto-Response-Suppress", "All");
        // Bytes need no content handler, which a class loader of the server would have to find.
        message.setDataHandler(
                new DataHandler(new ByteArrayDataSource(text(mail.content(), type.charset()), type.header())));
        message.setHeader("Content-Type", type.header());
        message.saveChanges();
        return message;
    }

    private static byte[] text(String content, Charset charset) {
        return LINE_END.matcher(content).replaceAll("\r\n").getBytes(charset);
    }

    @SuppressWarnings("JavaUtilDate") // jakarta.mail knows no other
    private static Date date(Instant when) {
        return Date.from(when);
    }
}
