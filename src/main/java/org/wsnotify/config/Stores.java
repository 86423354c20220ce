package org.wsnotify.config;

import java.time.Clock;
import java.util.Optional;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.operator.Backups;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.NotificationFates;
import org.wsnotify.presence.NodeStore;
import org.wsnotify.presence.PresenceStore;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retraction.RetractionStore;
import org.wsnotify.story.StoryStore;

/** The store that the settings choose: all ports on one database. Safe for use by many threads. */
interface Stores extends AutoCloseable {

    NotificationStore notifications();

    RetractionStore retractions();

    NotificationFates fates();

    RetentionStore retention();

    StoryStore stories();

    ScheduleStore schedule();

    Backups backups();

    UserDataStore userData();

    MailOutbox outbox();

    IdempotencyStore idempotency();

    NodeStore nodes();

    PresenceStore presence();

    /** @param clock the store's, for when a document may be forgotten */
    RelayLog relay(Clock clock);

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

    /** Has the space of what was erased overwritten with the next {@link #compact}. */
    void erased();

    /** Gives space that is not used any more back, if the store does not do so by itself. May take a while. */
    void compact();

    /** Returns what the store is, for the log. */
    String description();

    @Override
    void close();
}
