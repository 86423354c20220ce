package org.wsnotify.outbox;

import java.util.Optional;

/** Finds the mail that was owed for one notification. Safe for use by many threads; blocks on the store. */
public interface OwedMailLookup {

    /**
     * Returns the entry that names a notification among its addressees, in whatever state it is. Empty if there is
     * none, or if it was forgotten.
     *
     * @param publication the id of the publication's first notification
     * @throws org.wsnotify.notification.StoreUnavailableException if the store cannot be reached
     */
    Optional<OutboxEntry<OwedMail>> find(String publication, String notificationId);
}
