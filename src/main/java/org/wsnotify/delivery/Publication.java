package org.wsnotify.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.digest.Sha256;
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
        List<String> texts = new ArrayList<>(List.of(
                message.type(), message.title(), message.content(), message.url(), message.icon(), message.image()));
        for (Recipient recipient : recipients) {
            texts.add(recipient.userId());
            texts.add(recipient.email());
        }
        mail.ifPresent(request -> {
            texts.add(request.force() ? "force" : "send");
            texts.add(request.mail().subject());
            texts.add(request.mail().content());
            texts.add(request.mail().mimeVersion());
            texts.add(request.mail().contentType());
        });
        texts.addAll(ignored);
        return Sha256.hex(texts);
    }
}
