package org.wsnotify.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;

/**
 * A publication that is scheduled.
 *
 * @param dueAt when it may be claimed: the time of its delivery, or the end of a lease
 * @param claims how often it was claimed, which tells one claim from another
 * @param withdrawn what was taken out since the first claim
 */
record StoredSchedule(ScheduledPublication publication, Instant dueAt, int claims, List<PublicationId> withdrawn) {

    private static final int RECIPIENT_CHARACTERS = 60;

    static final RecordType<StoredSchedule> TYPE = RecordType.value(
            StoredSchedule[]::new,
            stored -> stored.publication.message().characters()
                    + RECIPIENT_CHARACTERS * stored.publication.recipients().size(),
            StoredSchedule::write,
            StoredSchedule::read);

    static StoredSchedule of(ScheduledPublication publication) {
        return new StoredSchedule(publication, publication.deliverAt(), 0, List.of());
    }

    StoredSchedule claimedUntil(Instant end) {
        return new StoredSchedule(publication, end, claims + 1, withdrawn);
    }

    StoredSchedule renewedUntil(Instant end) {
        return new StoredSchedule(publication, end, claims, withdrawn);
    }

    StoredSchedule without(PublicationId range, List<ScheduledPublication.Place> others) {
        List<PublicationId> all = new ArrayList<>(withdrawn);
        if (claims > 0) {
            all.add(range);
        }
        return new StoredSchedule(publication.withRecipients(others), dueAt, claims, all);
    }

    private static void write(FieldWriter out, StoredSchedule stored) {
        ScheduledPublication publication = stored.publication;
        range(out, publication.id());
        out.time(publication.deliverAt());
        StoredMessage.TYPE.write(out.buffer(), publication.message());
        out.list(
                        publication.recipients(),
                        (fields, one) -> fields.number(one.place())
                                .text(one.recipient().userId())
                                .text(one.recipient().email()))
                .optional(publication.mail(), StoredSchedule::mail)
                .time(stored.dueAt)
                .number(stored.claims)
                .list(stored.withdrawn, StoredSchedule::range);
    }

    private static void range(FieldWriter out, PublicationId range) {
        out.text(range.first()).number(range.size());
    }

    private static void mail(FieldWriter out, Publication.MailRequest request) {
        out.flag(request.force());
        StoredMail.TYPE.write(out.buffer(), request.mail());
    }

    private static StoredSchedule read(RecordReader in) {
        PublicationId id = readRange(in);
        Instant deliverAt = in.time();
        Message message = StoredMessage.TYPE.read(in.buffer());
        List<ScheduledPublication.Place> recipients = in.list(
                fields -> new ScheduledPublication.Place(fields.number(), new Recipient(fields.text(), fields.text())));
        Optional<Publication.MailRequest> mail = in.optional(StoredSchedule::readMail);
        return new StoredSchedule(
                new ScheduledPublication(id, deliverAt, message, recipients, mail),
                in.time(),
                in.number(),
                in.list(StoredSchedule::readRange));
    }

    private static PublicationId readRange(RecordReader in) {
        return new PublicationId(in.text(), in.number());
    }

    private static Publication.MailRequest readMail(RecordReader in) {
        boolean force = in.flag();
        Mail mail = StoredMail.TYPE.read(in.buffer());
        return new Publication.MailRequest(mail, force);
    }
}
