package org.wsnotify.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.PublicationId;

/**
 * Keeps publications until they are to be delivered.
 *
 * <p>What a method did is durable when it returns. Safe for use by many threads and servers: {@link #claim} gives a
 * publication to one of them at a time. Methods throw {@link org.wsnotify.notification.StoreUnavailableException} if the
 * store cannot be reached; repeating a call is safe.
 */
public interface ScheduleStore {

    /** Adds publications. One that is there already, by the id of its first notification, is left as it is. */
    void add(List<ScheduledPublication> publications);

    /**
     * Claims the publication that has been due the longest. No other caller gets it until the lease ends. If the claimer
     * dies, it is due again then.
     */
    Optional<Claimed> claim(Instant now, Duration lease);

    /**
     * Moves the end of a lease, if the claim was not lost.
     *
     * @return whether the claim still holds
     */
    boolean renew(Claimed claimed, Instant end);

    /**
     * Removes a publication that was delivered. Notifications that were withdrawn since the first claim must be taken
     * back first: the claimer, or one that died, may have stored them.
     *
     * @param takenBack what this method returned before for this claim
     * @return what must be taken back, as ranges; then the publication is not removed yet. Empty if it is removed or the
     *     claim was lost
     */
    List<PublicationId> complete(Claimed claimed, List<PublicationId> takenBack);

    /**
     * Takes notifications with consecutive ids out, so that they are not delivered. A publication without recipients is
     * removed.
     *
     * @return how many were there
     */
    int withdraw(PublicationId range);

    /** Returns the publication of a notification, with this recipient only. Empty if it is not scheduled. */
    Optional<ScheduledPublication> find(String notificationId);

    /**
     * Returns publications to a user, each with the user as the only recipient.
     *
     * @param after the publication after which to go on; empty for the start
     */
    List<ScheduledPublication> of(String userId, Optional<PublicationId> after, int most);

    /**
     * Returns whether anything was withdrawn while it was being delivered, and may be stored all the same until its
     * server has completed the delivery.
     */
    boolean isTakingBack();

    /** Returns about how many publications are scheduled. */
    long size();

    /**
     * A publication that was claimed.
     *
     * @param claim identifies the claim
     */
    record Claimed(ScheduledPublication publication, String claim) {}
}
