package org.wsnotify.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;

/**
 * A publication that is delivered later. Immutable.
 *
 * @param id its id, which tells the ids of its notifications
 * @param recipients those who are left: others were taken out since
 * @param mail the mail and who gets it; empty for none
 */
public record ScheduledPublication(
        PublicationId id,
        Instant deliverAt,
        Message message,
        List<Place> recipients,
        Optional<Publication.MailRequest> mail) {

    /**
     * A recipient and the place in the publication, which tells the id of the notification.
     *
     * @param place counted from 0
     */
    public record Place(int place, Recipient recipient) {}

    public ScheduledPublication {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(deliverAt, "deliverAt");
        Objects.requireNonNull(message, "message");
        recipients = List.copyOf(recipients);
        Objects.requireNonNull(mail, "mail");
    }

    /** Returns this publication with some of its recipients. */
    public ScheduledPublication withRecipients(List<Place> some) {
        return new ScheduledPublication(id, deliverAt, message, some, mail);
    }

    /** Returns what is to be delivered now. */
    Publication now() {
        return new Publication(
                message, recipients.stream().map(Place::recipient).toList(), mail);
    }
}
