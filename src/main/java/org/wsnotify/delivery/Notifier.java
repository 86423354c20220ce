package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Recipient;

/**
 * Delivers a publication: stores the notifications, owes the mail, and pushes to the recipients who are online.
 *
 * <p>Notifications and mail are durable before anything is pushed or answered. A push only queues, and no method waits
 * for a mail server. Safe for use by many threads.
 */
public final class Notifier {

    /** How many notifications of a repetition are in memory at the same time. */
    private static final int FOUND_AT_ONCE = 500;

    private final NotificationStore store;
    private final MailDecision mails;
    private final Devices devices;
    private final NotificationIds ids;
    private final Clock clock;
    private final Meters meters;

    public Notifier(
            NotificationStore store,
            MailDecision mails,
            Devices devices,
            NotificationIds ids,
            Clock clock,
            Meters meters) {
        this.store = store;
        this.mails = mails;
        this.devices = devices;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Delivers a publication under new ids.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException if something may not be stored; repeating the call
     *     may store notifications twice
     */
    public Receipt publish(Publication publication) {
        if (publication.recipients().isEmpty()) {
            return new Receipt(List.of());
        }
        return publish(publication, ids.reserve(publication.recipients().size()), false);
    }

    /**
     * Delivers a publication under given ids.
     *
     * @param firstId the first of the consecutive ids, one for each recipient
     * @param repeated whether some of it may have been done before; then nothing is stored twice, and only unseen
     *     notifications are pushed
     * @throws org.wsnotify.notification.StoreUnavailableException if something may not be stored; repeating with the
     *     same id is safe
     */
    Receipt publish(Publication publication, String firstId, boolean repeated) {
        try {
            return deliver(publication, firstId, repeated);
        } catch (RuntimeException | Error e) {
            mails.notPushed(firstId);
            publication.recipients().forEach(recipient -> devices.doubt(recipient.userId()));
            throw e;
        }
    }

    private Receipt deliver(Publication publication, String firstId, boolean repeated) {
        List<Notification> notifications = notifications(publication, firstId, now());
        Instant before = clock.instant();
        store.store(notifications);
        Instant stored = now(); // the store may have taken long
        List<Receipt.Line> lines = mails.decide(publication, notifications, stored);
        mails.owe(publication, lines, stored, repeated);
        if (repeated) {
            pushUnseen(lines);
        } else {
            notifications.forEach(notification -> devices.published(notification, before));
        }
        mails.wake(lines);
        meters.stored(notifications.size());
        return new Receipt(lines);
    }

    /** Pushes the notifications of a repeated publication that were not seen or deleted since. */
    private void pushUnseen(List<Receipt.Line> lines) {
        List<NotificationKey> online = lines.stream()
                .filter(Receipt.Line::online)
                .map(line -> new NotificationKey(line.userId(), line.id()))
                .toList();
        for (int from = 0; from < online.size(); from += FOUND_AT_ONCE) {
            List<NotificationKey> some = online.subList(from, Math.min(online.size(), from + FOUND_AT_ONCE));
            Instant before = clock.instant();
            store.find(some).stream()
                    .filter(notification -> !notification.seen())
                    .sorted(Comparator.comparing(Notification::id))
                    .forEach(notification -> devices.published(notification, before));
        }
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
