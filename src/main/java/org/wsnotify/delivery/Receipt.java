package org.wsnotify.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.PublicationId;

/**
 * The result of a publication. Everything in it is stored durably.
 *
 * @param lines one for each recipient, in the order of the publication
 */
public record Receipt(List<Line> lines) {

    /** What happens to the mail to one recipient. */
    public enum MailStatus {
        /** Not requested. */
        NONE,
        /** Owed: it is sent as soon as the mail server accepts it. */
        OWED,
        /** The recipient seems to be online: it is sent only if no sign of life comes. */
        HELD,
        /** Not owed, because the recipient is online. */
        ONLINE,
        /** Decided when the notification is delivered. */
        SCHEDULED,
        /** Requested, but the publisher sent an invalid address. */
        INVALID,
        /** Requested, but the publisher sent no address. */
        MISSING
    }

    /**
     * The result for one recipient.
     *
     * @param id the id of the stored notification
     * @param online whether the recipient had an open session
     */
    public record Line(String userId, String id, boolean online, MailStatus mail) {}

    public Receipt {
        lines = List.copyOf(lines);
    }

    /** Returns the id of the publication; empty if it has no recipients. */
    public Optional<PublicationId> publication() {
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new PublicationId(lines.get(0).id(), lines.size()));
    }

    /** Returns when it is delivered, if that is later. A repeated request gives the same, even after that time. */
    public Optional<Instant> deliverAt() {
        return lines.stream().findFirst().flatMap(line -> NotificationIds.scheduledFor(line.id()));
    }

    /** Returns how many recipients had an open session. */
    public long online() {
        return lines.stream().filter(Line::online).count();
    }

    /** Returns how many recipients have a mail status. */
    public long count(MailStatus status) {
        return lines.stream().filter(line -> line.mail() == status).count();
    }
}
