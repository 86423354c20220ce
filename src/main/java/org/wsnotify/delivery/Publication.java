package org.wsnotify.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.wsnotify.digest.Sha256;
import org.wsnotify.mail.EmailAddress;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;

/**
 * A publisher's request: one notification for each recipient, and optionally a mail. If an address is missing or
 * invalid, the receipt reports it.
 *
 * @param recipients the users to notify; a user who occurs twice gets two notifications
 * @param mail the mail and who gets it; empty for none
 * @param ignored unknown names in the request, reported in the answer
 * @param times when it is delivered and when it expires
 */
public record Publication(
        Message message, List<Recipient> recipients, Optional<MailRequest> mail, List<String> ignored, Times times) {

    /**
     * A mail to the recipients who are offline.
     *
     * @param force whether it goes to all recipients, online or not
     */
    public record MailRequest(Mail mail, boolean force) {}

    /**
     * The times of a publication.
     *
     * @param deliverAt when it is to be delivered; empty for at once
     * @param given the times as the publisher wrote them, so that a repeated request is recognised: what is relative to
     *     its arrival differs each time
     * @param over whether it had expired when the request came, which only a repeated request may have
     */
    public record Times(Optional<Instant> deliverAt, List<String> given, boolean over) {
        /** Delivered at once, and never expiring. */
        public static final Times NONE = new Times(Optional.empty(), List.of());

        /** Times of a publication that has not expired. */
        public Times(Optional<Instant> deliverAt, List<String> given) {
            this(deliverAt, given, false);
        }

        public Times {
            Objects.requireNonNull(deliverAt, "deliverAt");
            given = List.copyOf(given);
        }
    }

    public Publication {
        Objects.requireNonNull(message, "message");
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(mail, "mail");
        ignored = List.copyOf(ignored);
        Objects.requireNonNull(times, "times");
    }

    /** A publication without times. */
    public Publication(Message message, List<Recipient> recipients, Optional<MailRequest> mail, List<String> ignored) {
        this(message, recipients, mail, ignored, Times.NONE);
    }

    /** A publication without unknown names. */
    public Publication(Message message, List<Recipient> recipients, Optional<MailRequest> mail) {
        this(message, recipients, mail, List.of());
    }

    /** Returns whether a mail to a recipient is requested and possible. */
    MailIntent mailIntent(Recipient recipient) {
        if (mail.isEmpty()) {
            return MailIntent.NONE;
        }
        if (recipient.email().isBlank()) {
            return MailIntent.MISSING;
        }
        return EmailAddress.isValid(recipient.email()) ? MailIntent.REQUESTED : MailIntent.INVALID;
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
        // As it was before there was more, so that a key that is kept fits its request.
        String fingerprint = Sha256.hex(texts);
        fingerprint = message.actions().isEmpty() ? fingerprint : Sha256.hex(List.of(fingerprint, ofActions()));
        return message.group().isEmpty() && times.given().isEmpty()
                ? fingerprint
                : Sha256.hex(List.of(fingerprint, message.group(), Sha256.hex(times.given())));
    }

    private String ofActions() {
        return Sha256.hex(message.actions().stream()
                .flatMap(action -> Stream.of(action.label(), action.url()))
                .toList());
    }
}
