package org.wsnotify.inbox;

import java.time.Instant;
import java.util.Optional;
import org.wsnotify.notification.Notification;
import org.wsnotify.session.SessionRegistry;

/**
 * The one door to all sessions of a user: whatever a user is told, or is asked about being there, goes through here.
 *
 * <p>All sessions are on this server for now; sessions on other servers will be reached from here. Safe for use by many
 * threads. {@link #changed} may block on the store; all other methods return at once.
 */
public final class Devices {

    private final SessionRegistry registry;
    private final ConnectedUsers users;

    public Devices(SessionRegistry registry, ConnectedUsers users) {
        this.registry = registry;
        this.users = users;
    }

    /**
     * Pushes a notification to the sessions of its user, with the counts after it.
     *
     * @param after a time after which the store had it as unseen: the clock before it was stored, or before it was read
     */
    public void published(Notification notification, Instant after) {
        users.published(notification, after);
    }

    /** Tells the sessions of a user of a change that is stored, with the counts after it. */
    public void changed(String userId, InboxChange change) {
        users.changed(userId, change);
    }

    /** A change of a user's notifications failed, and may have been stored: the counts are read and told again. */
    public void doubt(String userId) {
        users.doubt(userId);
    }

    /** Whether a user has a session. */
    public boolean isOnline(String userId) {
        return registry.isOnline(userId);
    }

    /** Whether a session of a user, open or gone, gave a sign of life since then. */
    public boolean heardSince(String userId, Instant since) {
        return registry.heardSince(userId, since);
    }

    /** When the last session of a user broke off, if that was a moment ago. */
    public Optional<Instant> brokeAt(String userId) {
        return registry.brokeAt(userId);
    }

    /** Asks all sessions of a user for a sign of life, behind what they are told. */
    public void probe(String userId) {
        users.probe(userId);
    }
}
