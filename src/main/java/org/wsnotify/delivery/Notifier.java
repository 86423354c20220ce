package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.UnseenLedger;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;

/**
 * Delivers a publication: stores the notifications, owes the mail, pushes to whoever is connected. The one orchestrator.
 *
 * <p>Storing and owing are durable before anything is pushed or answered. Pushing only queues, and nobody waits for a mail server. Safe for
 * use by many threads.
 */
public final class Notifier {

    private final NotificationStore store;
    private final MailDesk mails;
    private final Pusher pusher;
    private final NotificationIds ids;
    private final Clock clock;
    private final Meters meters;

    public Notifier(
            NotificationStore store, MailDesk mails, Pusher pusher, NotificationIds ids, Clock clock, Meters meters) {
        this.store = store;
        this.mails = mails;
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
     * @param repeated whether some of it may have been done before: what is stored already is not stored again
     * @throws org.wsnotify.inbox.StoreUnavailableException not everything is known to be stored; repeating with the same id is safe
     */
    Receipt publish(Publication publication, String firstId, boolean repeated) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Notification> notifications = notifications(publication, firstId, now);
        var users = new LinkedHashSet<String>();
        notifications.forEach(notification -> users.add(notification.userId()));
        List<Receipt.Line> lines;
        try (UnseenLedger.Change change = pusher.begin(users)) {
            lines = storeAndOwe(publication, notifications, now, repeated, change);
            if (repeated) {
                change.doubt();
            }
            notifications.forEach(notification -> pusher.push(notification, change));
        }
        mails.wake(lines);
        meters.stored(notifications.size());
        return new Receipt(lines);
    }

    private List<Receipt.Line> storeAndOwe(
            Publication publication,
            List<Notification> notifications,
            Instant now,
            boolean repeated,
            UnseenLedger.Change change) {
        try {
            store.store(notifications);
            List<Receipt.Line> lines = mails.decide(publication, notifications, now);
            mails.owe(publication, lines, now, repeated);
            return lines;
        } catch (RuntimeException e) {
            change.doubt();
            throw e;
        }
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
