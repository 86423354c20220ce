package org.wsnotify.inbox;

import java.time.Instant;
import java.util.Optional;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.SessionRegistry;

/**
 * The one door to all sessions of a user: who tells a user something, or asks whether the user is there, asks here.
 *
 * <p>All sessions are on this server for now. Whatever has to reach sessions on other servers goes through this class.
 * Safe for use by many threads; no method blocks.
 */
public final class Devices {

    private final SessionRegistry registry;

    public Devices(SessionRegistry registry) {
        this.registry = registry;
    }

    /**
     * Queues an envelope for all sessions of a user.
     *
     * @return how many sessions that are
     */
    public int tell(String userId, Envelope envelope) {
        return registry.push(userId, envelope);
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

    /** Asks all sessions of a user for a sign of life, behind what is queued. */
    public void probe(String userId) {
        registry.probe(userId);
    }
}
