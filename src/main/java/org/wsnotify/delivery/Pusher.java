package org.wsnotify.delivery;

import java.util.Optional;
import org.wsnotify.inbox.CountsRefresher;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.UnseenLedger;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;
import org.wsnotify.session.Envelope;

/**
 * Pushes what was stored to the devices of its recipients, with their counts after it.
 *
 * <p>Pushing only queues. Safe for use by many threads.
 */
public final class Pusher {

    private final Devices devices;
    private final CountsRefresher refresher;
    private final Meters meters;

    /** @param refresher tells the counts later where they are in doubt at the moment */
    public Pusher(Devices devices, CountsRefresher refresher, Meters meters) {
        this.devices = devices;
        this.refresher = refresher;
        this.meters = meters;
    }

    /** Pushes a notification that is stored, as part of a change that is still open. */
    void push(Notification notification, UnseenLedger.Change change) {
        change.published(notification.userId(), notification.message().type(), counts -> push(notification, counts));
    }

    private void push(Notification notification, Optional<UnseenCounts> counts) {
        String user = notification.userId();
        int sessions = devices.tell(user, Envelope.Notifications.push(notification, counts));
        if (sessions > 0) {
            meters.pushed(sessions);
            if (counts.isEmpty()) {
                refresher.refreshSoon(user);
            }
        }
    }
}
