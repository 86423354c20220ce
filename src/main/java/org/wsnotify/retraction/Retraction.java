package org.wsnotify.retraction;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.wsnotify.inbox.Devices;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.PublicationId;

/**
 * Takes notifications back, from the store and from all devices. Mail that is still owed for them is not sent any more.
 *
 * <p>Safe for use by many threads. Blocks on the store.
 */
public final class Retraction {

    private static final int AT_ONCE = 1000;

    private final RetractionStore store;
    private final Withdrawal withdrawal;
    private final Devices devices;
    private final Clock clock;

    /** @param clock the store's */
    public Retraction(RetractionStore store, Withdrawal withdrawal, Devices devices, Clock clock) {
        this.store = store;
        this.withdrawal = withdrawal;
        this.devices = devices;
        this.clock = clock;
    }

    /**
     * What became of a request to retract.
     *
     * @param known how many of the notifications are stored, or were before they were retracted
     * @param retracted how many were taken out of inboxes now
     */
    public record Result(int known, int retracted) {}

    /**
     * Retracts one notification. Devices are told each time: an earlier attempt may have failed before that.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException it may not be retracted; repeating is safe
     */
    public Result retract(String id) {
        return NotificationIds.isId(id) ? retract(new PublicationId(id, 1)) : new Result(0, 0);
    }

    /**
     * Retracts notifications with consecutive ids: all of a publication. Those that are scheduled are taken back first,
     * so that they are not delivered meanwhile.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException some may not be retracted; repeating is safe
     */
    public Result retract(PublicationId publication) {
        int withdrawn = withdrawal.withdraw(publication);
        Result delivered = retractDelivered(publication);
        // What is being delivered just now is counted in both.
        return new Result(
                withdrawn + delivered.known(), Math.min(publication.size(), withdrawn + delivered.retracted()));
    }

    /** Retracts those that were delivered. */
    public Result retractDelivered(PublicationId publication) {
        List<String> ids = publication.notifications().toList();
        int known = 0;
        int retracted = 0;
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            Result some = retract(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
            known += some.known();
            retracted += some.retracted();
        }
        return new Result(known, retracted);
    }

    private Result retract(Collection<String> ids) {
        RetractionStore.Retracted done = store.retract(ids, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        List<NotificationKey> notifications = done.notifications();
        if (!notifications.isEmpty()) {
            devices.removed(notifications);
        }
        return new Result(done.known(), done.taken());
    }
}
