package org.wsnotify.delivery;

import java.util.Collection;
import java.util.Optional;
import org.wsnotify.inbox.UnseenCounts;
import org.wsnotify.inbox.UnseenLedger;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Notification;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.SessionRegistry;

/**
 * Pushes what was stored to the sessions of its recipients on this server, with their counts after it.
 *
 * <p>Pushing only queues. Safe for use by many threads.
 */
public final class Pusher {

    private final SessionRegistry registry;
    private final UnseenLedger ledger;
    private final CountsRefresher refresher;
    private final Meters meters;

    /** @param refresher tells the counts later where they are in doubt at the moment */
    public Pusher(SessionRegistry registry, UnseenLedger ledger, CountsRefresher refresher, Meters meters) {
        this.registry = registry;
        this.ledger = ledger;
        this.refresher = refresher;
        this.meters = meters;
    }

    /** Says that the store is about to change for these users; closed when all is stored and pushed. */
    UnseenLedger.Change begin(Collection<String> userIds) {
        return ledger.begin(userIds);
    }

    /** Pushes a notification that is stored. */
    void push(Notification notification, UnseenLedger.Change change) {
        change.published(notification.userId(), notification.message().type(), counts -> push(notification, counts));
    }

    private void push(Notification notification, Optional<UnseenCounts> counts) {
        String user = notification.userId();
        int sessions = registry.push(user, Envelope.Notifications.push(notification, counts));
        if (sessions > 0) {
            meters.pushed(sessions);
            if (counts.isEmpty()) {
                refresher.refreshSoon(user);
            }
        }
    }
}
