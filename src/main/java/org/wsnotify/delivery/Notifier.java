package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Recipient;
import org.wsnotify.presence.Whereabouts;

/**
 * Delivers a publication: stores the notifications, owes the mail, and pushes to the recipients who are online.
 *
 * <p>Notifications and mail are durable before anything is pushed or answered. A push only queues, and no method waits
 * for a mail server. Safe for use by many threads.
 */
public final class Notifier {

    private final NotificationStore store;
    private final MailDecision mails;
    private final Devices devices;
    private final StoredPushes storedPushes;
    private final UnfinishedPublications unfinished;
    private final NotificationIds ids;
    private final Clock clock;
    private final Meters meters;

    public Notifier(
            NotificationStore store,
            MailDecision mails,
            Devices devices,
            StoredPushes storedPushes,
            UnfinishedPublications unfinished,
            NotificationIds ids,
            Clock clock,
            Meters meters) {
        this.store = store;
        this.mails = mails;
        this.devices = devices;
        this.storedPushes = storedPushes;
        this.unfinished = unfinished;
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
            unfinished.add(firstId, keys(publication, firstId), mails.mayHold(publication));
            throw e;
        }
    }

    private Receipt deliver(Publication publication, String firstId, boolean repeated) {
        List<Notification> notifications = notifications(publication, firstId, now());
        Instant before = clock.instant();
        store.store(notifications);
        Instant stored = now(); // the store may have taken long
        Whereabouts where = devices.whereabouts(userIds(publication));
        List<Receipt.Line> lines = mails.decide(publication, notifications, where, stored);
        mails.owe(publication, lines, where, stored, repeated);
        Set<String> held = held(lines);
        if (repeated) {
            storedPushes.pushUnseen(firstId, keys(publication, firstId), held::contains);
        } else {
            devices.published(firstId, notifications, before, where, held::contains);
        }
        mails.wake(lines);
        meters.stored(notifications.size());
        return new Receipt(lines);
    }

    private static List<String> userIds(Publication publication) {
        return publication.recipients().stream().map(Recipient::userId).toList();
    }

    private static List<NotificationKey> keys(Publication publication, String firstId) {
        List<NotificationKey> keys = new ArrayList<>(publication.recipients().size());
        for (Recipient recipient : publication.recipients()) {
            keys.add(new NotificationKey(recipient.userId(), NotificationIds.plus(firstId, keys.size())));
        }
        return keys;
    }

    /** Returns the users whose mail is held. */
    private static Set<String> held(List<Receipt.Line> lines) {
        return lines.stream()
                .filter(line -> line.mail() == Receipt.MailStatus.HELD)
                .map(Receipt.Line::userId)
                .collect(Collectors.toSet());
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
