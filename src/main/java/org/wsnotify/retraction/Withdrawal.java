package org.wsnotify.retraction;

import org.wsnotify.notification.PublicationId;

/** Takes notifications back that are not delivered yet. Safe for use by many threads; blocks on the store. */
@FunctionalInterface
public interface Withdrawal {

    /**
     * Takes back notifications with consecutive ids, so that they are not delivered.
     *
     * @return how many were not delivered yet
     * @throws org.wsnotify.notification.StoreUnavailableException the store cannot be reached; repeating is safe
     */
    int withdraw(PublicationId range);
}
