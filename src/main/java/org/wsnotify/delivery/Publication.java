package org.wsnotify.delivery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;

/**
 * What a publisher asks for: one notification for each recipient, and perhaps a mail. An address may be missing or
 * invalid; the receipt says so.
 *
 * @param recipients a user named twice gets two notifications
 * @param mail what to mail to whom; empty for none
 * @param ignored names in the request that mean nothing, for the answer
 */
public record Publication(
        Message message, List<Recipient> recipients, Optional<MailRequest> mail, List<String> ignored) {

    /**
     * A mail to those who are not online.
     *
     * @param force to all, online or not
     */
    public record MailRequest(Mail mail, boolean force) {}

    public Publication {
        Objects.requireNonNull(message, "message");
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(mail, "mail");
        ignored = List.copyOf(ignored);
    }

    /** A publication of which everything was understood. */
    public Publication(Message message, List<Recipient> recipients, Optional<MailRequest> mail) {
        this(message, recipients, mail, List.of());
    }

    /** A SHA-256 over everything that is asked for, in hex: the same for the same, another for anything else. */
    public String fingerprint() {
        MessageDigest digest = sha256();
        add(digest, message.type());
        add(digest, message.title());
        add(digest, message.content());
        add(digest, message.url());
        add(digest, message.icon());
        add(digest, message.image());
        for (Recipient recipient : recipients) {
            add(digest, recipient.userId());
            add(digest, recipient.email());
        }
        mail.ifPresent(request -> {
            add(digest, request.force() ? "force" : "send");
            add(digest, request.mail().subject());
            add(digest, request.mail().content());
            add(digest, request.mail().mimeVersion());
            add(digest, request.mail().contentType());
        });
        ignored.forEach(name -> add(digest, name));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
