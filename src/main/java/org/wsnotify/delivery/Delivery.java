package org.wsnotify.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Origin;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.presence.Whereabouts;

/**
 * One publication while {@link Notifier} delivers it. Collects what each step finds, and the failure that ended it. For
 * one thread.
 */
final class Delivery {

    private final Publication publication;
    private final String firstId;
    private final boolean repeated;
    private final List<Integer> places;
    private List<Notification> notifications = List.of();
    private List<NotificationKey> replaced = List.of();
    private List<Receipt.Line> lines = List.of();
    private Whereabouts where;
    private List<OutboxEntry<OwedMail>> entries = List.of();
    private Throwable failure;

    /**
     * @param firstId the first of the consecutive ids, one for each recipient
     * @param repeated whether some of it may have been done before; then nothing is stored twice, and only unseen
     *     notifications are pushed
     */
    Delivery(Publication publication, String firstId, boolean repeated) {
        this(publication, firstId, repeated, List.of());
    }

    private Delivery(Publication publication, String firstId, boolean repeated, List<Integer> places) {
        this.publication = publication;
        this.firstId = firstId;
        this.repeated = repeated;
        this.places = places;
    }

    /** Returns the delivery of what was scheduled, which may have been carried out in part. */
    static Delivery of(ScheduledPublication scheduled) {
        List<Integer> places = scheduled.recipients().stream()
                .map(ScheduledPublication.Place::place)
                .toList();
        return new Delivery(scheduled.now(), scheduled.id().first(), true, places);
    }

    /** Returns when it is to be carried out, if that is not now. */
    Optional<Instant> deliverAt() {
        return publication.times().deliverAt();
    }

    /** Returns what is to be kept until it is carried out. */
    ScheduledPublication scheduled() {
        List<Recipient> recipients = publication.recipients();
        List<ScheduledPublication.Place> all = new ArrayList<>(recipients.size());
        for (Recipient recipient : recipients) {
            all.add(new ScheduledPublication.Place(all.size(), recipient));
        }
        return new ScheduledPublication(
                new PublicationId(firstId, recipients.size()),
                deliverAt().orElseThrow(),
                publication.message(),
                all,
                publication.mail());
    }

    /** It is kept until its time: nothing is decided yet. */
    void keptForLater() {
        List<Receipt.Line> all = new ArrayList<>();
        for (Recipient recipient : publication.recipients()) {
            String id = NotificationIds.plus(firstId, all.size());
            Receipt.MailStatus mail = switch (publication.mailIntent(recipient)) {
                case NONE -> Receipt.MailStatus.NONE;
                case REQUESTED -> Receipt.MailStatus.SCHEDULED;
                case INVALID -> Receipt.MailStatus.INVALID;
                case MISSING -> Receipt.MailStatus.MISSING;
            };
            all.add(new Receipt.Line(recipient.userId(), id, false, mail));
        }
        lines = all;
    }

    Publication publication() {
        return publication;
    }

    String firstId() {
        return firstId;
    }

    boolean repeated() {
        return repeated;
    }

    /** Makes the notifications, which are not stored yet. */
    void begin(Instant now) {
        List<Recipient> recipients = publication.recipients();
        notifications = new ArrayList<>(recipients.size());
        for (Recipient recipient : recipients) {
            int place = places.isEmpty() ? notifications.size() : places.get(notifications.size());
            String id = NotificationIds.plus(firstId, place);
            notifications.add(Notification.unseen(id, recipient.userId(), publication.message(), now)
                    .of(new Origin(firstId, publication.mailIntent(recipient))));
        }
    }

    List<Notification> notifications() {
        return notifications;
    }

    /** Returns what this publication took the place of. May include some of its own, if a user occurs twice. */
    List<NotificationKey> replaced() {
        return replaced;
    }

    /** Notes what was replaced. A step that is repeated finds only the rest. */
    void replaced(List<NotificationKey> older) {
        replaced = Stream.concat(replaced.stream(), older.stream()).toList();
    }

    /** Returns the notifications that were not replaced already. */
    List<Notification> remaining() {
        if (replaced.isEmpty()) {
            return notifications;
        }
        Set<NotificationKey> gone = Set.copyOf(replaced);
        return notifications.stream().filter(one -> !gone.contains(one.key())).toList();
    }

    List<Receipt.Line> lines() {
        return lines;
    }

    void decided(List<Receipt.Line> decision) {
        lines = decision;
    }

    Whereabouts where() {
        return where;
    }

    void found(Whereabouts whereabouts) {
        where = whereabouts;
    }

    /** Returns the mail that is to be owed. */
    List<OutboxEntry<OwedMail>> entries() {
        return entries;
    }

    void planned(List<OutboxEntry<OwedMail>> mail) {
        entries = mail;
    }

    void failed(Throwable why) {
        failure = why;
    }

    boolean hasFailed() {
        return failure != null;
    }

    List<NotificationKey> keys() {
        return notifications.stream()
                .map(notification -> new NotificationKey(notification.userId(), notification.id()))
                .toList();
    }

    /** Returns the users whose mail is held. */
    Set<String> held() {
        if (publication.mail().isEmpty()) {
            return Set.of();
        }
        return lines.stream()
                .filter(line -> line.mail() == Receipt.MailStatus.HELD)
                .map(Receipt.Line::userId)
                .collect(Collectors.toSet());
    }

    /**
     * Returns the result.
     *
     * @throws RuntimeException why the delivery failed; also an error
     */
    Receipt receipt() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        return new Receipt(lines);
    }
}
