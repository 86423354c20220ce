package org.wsnotify.config;

import java.util.Optional;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.outbox.MailOutbox;

/** The store that the settings chose: three ports on one database. Safe for use by many threads. */
interface Stores extends AutoCloseable {

    NotificationStore notifications();

    MailOutbox outbox();

    IdempotencyStore idempotency();

    /** Prepares the database, for example its indexes; may be repeated. Throws while it cannot be reached. */
    void prepare();

    /** Why it cannot be used now, without any secret; empty: it can. Does not block for long and never throws. */
    Optional<String> trouble();

    /** What it is, for the log. */
    String description();

    @Override
    void close();
}
