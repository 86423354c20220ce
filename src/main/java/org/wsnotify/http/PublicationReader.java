package org.wsnotify.http;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wsnotify.delivery.Publication;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.Mail;
import org.wsnotify.outbox.TextType;

/**
 * Makes a publication of parameters, or the problem that names every field that is wrong. Nothing is stored before it is content.
 *
 * <p>Used for one request.
 */
final class PublicationReader {

    /**
     * What is accepted.
     *
     * @param users most entries in {@code users}
     * @param content most characters of {@code content}
     */
    record Limits(int users, int content) {}

    private static final Set<String> TRUE = Set.of("1", "true", "True", "yes", "Yes");
    static final String HTML = "text/html; charset=UTF-8";
    static final String PLAIN = "text/plain; charset=UTF-8";
    private static final int MOST_ERRORS = 20;
    private static final int TYPE = 128;
    private static final int TITLE = 1024;
    private static final int LINK = 8192;
    private static final int NUMBER = 256;
    private static final int SUBJECT = 900;
    private static final int EMAIL_CONTENT = 262_144;

    private final Parameters parameters;
    private final Limits limits;
    private final List<Problem.FieldError> errors = new ArrayList<>();

    PublicationReader(Parameters parameters, Limits limits) {
        this.parameters = parameters;
        this.limits = limits;
    }

    Publication read() {
        Message message = message();
        boolean force = flag("email_force");
        boolean send = flag("email_send") || force;
        List<Recipient> recipients = new RecipientsReader(limits.users(), this::wrong).read(parameters, send);
        Optional<Publication.MailRequest> mail =
                send ? Optional.of(new Publication.MailRequest(mail(message), force)) : Optional.empty();
        if (!errors.isEmpty()) {
            throw Problem.of(
                    ProblemCode.INVALID_PARAMETERS, "The request has invalid parameters; nothing was stored.", errors);
        }
        return new Publication(message, recipients, mail);
    }

    private Message message() {
        String content = text("content", limits.content());
        if (content.isEmpty()) {
            wrong("content", "is required");
        }
        return new Message(
                text("type", TYPE),
                text("title", TITLE),
                content,
                text("url", LINK),
                text("icon", LINK),
                text("image", LINK));
    }

    private Mail mail(Message message) {
        String subject = text("email_subject", SUBJECT);
        String version = header("email_mime").orElse("1.0");
        if (!version.matches("\\d\\.\\d")) {
            wrong("email_mime", "is a version such as 1.0");
        }
        String type = header("email_type").orElse(HTML);
        if (!TextType.isValid(type)) {
            wrong("email_type", "is a text media type such as text/html, with a charset that is known or none");
        }
        if (hasLineBreak(subject)) {
            wrong("email_subject", "must not contain line breaks or control characters");
        }
        String content = text("email_content", EMAIL_CONTENT);
        return content.isEmpty()
                ? new Mail(subject(subject, message), message.content(), version, PLAIN)
                : new Mail(subject(subject, message), content, version, type);
    }

    /** Without a subject the title speaks, on one line. */
    private static String subject(String given, Message message) {
        if (!given.isEmpty()) {
            return given;
        }
        String title = message.title().replaceAll("\\p{Cntrl}+", " ").strip();
        String subject = title.isEmpty() ? "Notification" : title;
        return subject.length() <= SUBJECT ? subject : subject.substring(0, SUBJECT);
    }

    private Optional<String> header(String name) {
        String value = text(name, TYPE);
        if (hasLineBreak(value)) {
            wrong(name, "must not contain line breaks or control characters");
            return Optional.empty();
        }
        return Optional.of(value).filter(given -> !given.isEmpty());
    }

    private static boolean hasLineBreak(String value) {
        return value.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029);
    }

    private boolean flag(String name) {
        Optional<JsonValue> value = parameters.value(name);
        return value.isPresent()
                ? value.get() == JsonValue.TRUE || value.get().toString().equals("1")
                : TRUE.contains(parameters.text(name).orElse(""));
    }

    private String text(String name, int most) {
        Optional<JsonValue> value = parameters.value(name);
        if (value.isPresent()) {
            if (value.get() instanceof JsonNumber number && number.toString().length() <= NUMBER) {
                return number.toString();
            }
            wrong(name, "is a string");
            return "";
        }
        String text = parameters.text(name).orElse("");
        if (text.length() > most) {
            wrong(name, "has at most " + most + " characters");
        } else if (!isText(text)) {
            wrong(name, "contains half a surrogate pair, which is not a character");
        }
        return text;
    }

    /** Whether it can be written as UTF-8 and read again as the same. */
    static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            } else if (Character.isLowSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void wrong(String field, String message) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(new Problem.FieldError(field, message));
        }
    }
}
