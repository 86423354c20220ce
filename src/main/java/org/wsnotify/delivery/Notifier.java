package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.UnseenLedger;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;

/**
 * Delivers a publication: stores the notifications, owes the mail, pushes to whoever is connected. The one
 * orchestrator.
 *
 * <p>Storing and owing are durable before anything is pushed or answered. Pushing only queues, and nobody waits for a
 * mail server. Safe for use by many threads.
 */
public final class Notifier {

    private final NotificationStore store;
    private final MailDecision mails;
    private final UnseenLedger ledger;
    private final Pusher pusher;
    private final NotificationIds ids;
    private final Clock clock;
    private final Meters meters;

    public Notifier(
            NotificationStore store,
            MailDecision mails,
            UnseenLedger ledger,
            Pusher pusher,
            NotificationIds ids,
            Clock clock,
            Meters meters) {
        this.store = store;
        this.mails = mails;
        this.ledger = ledger;
        this.pusher = pusher;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    /** Delivers a publication under new ids. */
    public Receipt publish(Publication publication) {
        if (publication.recipients().isEmpty()) {
            return new Receipt(List.of());
        }
        return publish(publication, ids.reserve(publication.recipients().size()), false);
    }

    /**
     * Delivers a publication under given ids.
     *
     * @param firstId the first of as many consecutive ids as there are recipients
     * @param repeated whether some of it may have been done before: what is stored already is not stored again, and
     *     only what is unseen still is pushed
     * @throws org.wsnotify.notification.StoreUnavailableException not everything is known to be stored; repeating with
     *     the same id is safe
     */
    Receipt publish(Publication publication, String firstId, boolean repeated) {
        try {
            return deliver(publication, firstId, repeated);
        } catch (RuntimeException | Error e) {
            mails.notPushed(firstId);
            throw e;
        }
    }

    private Receipt deliver(Publication publication, String firstId, boolean repeated) {
        List<Notification> notifications = notifications(publication, firstId, now());
        var users = new LinkedHashSet<String>();
        notifications.forEach(notification -> users.add(notification.userId()));
        List<Receipt.Line> lines;
        try (UnseenLedger.Change change = ledger.begin(users)) {
            lines = storeAndOwe(publication, notifications, repeated, change);
            if (repeated) {
                change.doubt();
            }
            news(notifications, lines, repeated).forEach(notification -> pusher.push(notification, change));
        }
        mails.wake(lines);
        meters.stored(notifications.size());
        return new Receipt(lines);
    }

    private List<Receipt.Line> storeAndOwe(
            Publication publication, List<Notification> notifications, boolean repeated, UnseenLedger.Change change) {
        try {
            store.store(notifications);
            Instant stored = now(); // which may have taken long
            List<Receipt.Line> lines = mails.decide(publication, notifications, stored);
            mails.owe(publication, lines, stored, repeated);
            return lines;
        } catch (RuntimeException e) {
            change.doubt();
            throw e;
        }
    }

    /**
     * What is pushed: of a repetition what the store has, where its user is online and has neither seen nor deleted it
     * meanwhile.
     */
    private List<Notification> news(List<Notification> notifications, List<Receipt.Line> lines, boolean repeated) {
        if (!repeated) {
            return notifications;
        }
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).online())
                .mapToObj(i -> stored(notifications.get(i)))
                .flatMap(Optional::stream)
                .filter(notification -> !notification.seen())
                .toList();
    }

    private Optional<Notification> stored(Notification notification) {
        String id = notification.id();
        return store.before(notification.userId(), NotificationIds.plus(id, 1), 1).stream()
                .filter(newest -> newest.id().equals(id))
                .findFirst();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static List<Notification> notifications(Publication publication, String firstId, Instant now) {
        List<Notification> notifications =
                new ArrayList<>(publication.recipients().size());
        for (Recipient recipient : publication.recipients()) {
            String id = NotificationIds.plus(firstId, notifications.size());
            notifications.add(Notification.unseen(id, recipient.userId(), publication.message(), now));
        }
        return notifications;
    }
}
