package org.wsnotify.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wsnotify.delivery.Publication;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;

/**
 * Reads a publication from parameters, or reports every invalid field at once.
 *
 * <p>Used for one request.
 */
final class PublicationReader {

    private static final Set<String> NAMES = Set.of(
            "actions",
            "apikey",
            "content",
            TimesReader.DELIVER_AT,
            "email_content",
            "email_force",
            "email_mime",
            "email_send",
            "email_subject",
            "email_type",
            TimesReader.EXPIRES_AT,
            TimesReader.EXPIRES_IN,
            "group",
            "icon",
            "image",
            "title",
            "type",
            "url",
            "users");
    private static final int MOST_ERRORS = 20;
    private static final int TYPE = 128;
    private static final int GROUP = 128;
    private static final int TITLE = 1024;
    private static final int LINK = 8192;

    private final Parameters parameters;
    private final PublicationLimits limits;
    private final boolean strict;
    private final Faults faults;
    private final FieldReader fields;
    private final TimesReader times;

    /**
     * @param strict refuses recipients without a valid address and unknown names in a form, which are otherwise only
     *     reported
     * @param now when the request came
     * @param mayRepeat whether it may repeat an earlier one, and so have expired
     */
    PublicationReader(Parameters parameters, PublicationLimits limits, boolean strict, Instant now, boolean mayRepeat) {
        this.parameters = parameters;
        this.limits = limits;
        this.strict = strict;
        this.faults = new Faults(limits.users() + MOST_ERRORS);
        this.fields = new FieldReader(parameters, faults);
        this.times = new TimesReader(fields, faults, now, mayRepeat);
    }

    /** @throws ProblemException at least one parameter is invalid */
    Publication read() {
        Optional<Instant> deliverAt = times.deliverAt();
        Message message = message(deliverAt);
        boolean force = fields.flag("email_force");
        boolean send = fields.flag("email_send") || force;
        List<Recipient> recipients = new RecipientsReader(limits.users(), strict, faults).read(parameters, send);
        Optional<Publication.MailRequest> mail = send
                ? Optional.of(new Publication.MailRequest(new MailReader(fields).read(message), force))
                : Optional.empty();
        checkNames();
        faults.refuseIfAny();
        return new Publication(message, recipients, mail, faults.ignored(), times.times(deliverAt));
    }

    private Message message(Optional<Instant> deliverAt) {
        String content = fields.text("content", limits.contentCharacters());
        if (content.isEmpty()) {
            faults.wrong("content", "is required");
        }
        return new Message(
                fields.text("type", TYPE),
                fields.text("title", TITLE),
                content,
                fields.text("url", LINK),
                fields.text("icon", LINK),
                fields.text("image", LINK),
                new ActionsReader(parameters, fields, faults, LINK).read(strict),
                fields.text("group", GROUP),
                times.expiresAt(deliverAt));
    }

    private void checkNames() {
        parameters.jsonNames().stream().filter(name -> !NAMES.contains(name)).forEach(faults::unknown);
        parameters.formNames().stream()
                .filter(name -> !NAMES.contains(name))
                .forEach(strict ? faults::unknown : faults::ignored);
    }
}
