package org.wsnotify.config;

import java.util.Optional;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.outbox.MailOutbox;

/** The store that the settings choose: three ports on one database. Safe for use by many threads. */
interface Stores extends AutoCloseable {

    NotificationStore notifications();

    MailOutbox outbox();

    IdempotencyStore idempotency();

    /**
     * Prepares the database, for example its indexes. May be called again.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException the database cannot be reached
     */
    void prepare();

    /**
     * Returns why the store cannot be used now, without secrets; empty if it can. Does not block for long and never
     * throws.
     */
    Optional<String> trouble();

    /** Returns what the store is, for the log. */
    String description();

    @Override
    void close();
}
