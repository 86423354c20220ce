package org.wsnotify.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.wsnotify.digest.Sha256;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;

/**
 * A publisher's request: one notification for each recipient, and optionally a mail. If an address is missing or
 * invalid, the receipt reports it.
 *
 * @param recipients the users to notify; a user who occurs twice gets two notifications
 * @param mail the mail and who gets it; empty for none
 * @param ignored unknown names in the request, reported in the answer
 */
public record Publication(
        Message message, List<Recipient> recipients, Optional<MailRequest> mail, List<String> ignored) {

    /**
     * A mail to the recipients who are offline.
     *
     * @param force whether it goes to all recipients, online or not
     */
    public record MailRequest(Mail mail, boolean force) {}

    public Publication {
        Objects.requireNonNull(message, "message");
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(mail, "mail");
        ignored = List.copyOf(ignored);
    }

    /** A publication without unknown names. */
    public Publication(Message message, List<Recipient> recipients, Optional<MailRequest> mail) {
        this(message, recipients, mail, List.of());
    }

    /** Returns a SHA-256 over everything that is requested, in hex. Different requests have different fingerprints. */
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
        String withoutActions = Sha256.hex(texts);
        // As it was before there were actions, so that a key that is kept fits its request.
        return message.actions().isEmpty() ? withoutActions : Sha256.hex(List.of(withoutActions, ofActions()));
    }

    private String ofActions() {
        return Sha256.hex(message.actions().stream()
                .flatMap(action -> Stream.of(action.label(), action.url()))
                .toList());
    }
}
