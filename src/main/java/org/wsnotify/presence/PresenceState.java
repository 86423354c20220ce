package org.wsnotify.presence;

import java.time.Instant;
import java.util.Objects;

/** Whether a user has sessions on a node. Immutable. */
public sealed interface PresenceState {

    /**
     * The user has a session.
     *
     * @param since when the first session of this stay joined, in store time
     */
    record Online(Instant since) implements PresenceState {
        public Online {
            Objects.requireNonNull(since, "since");
        }
    }

    /**
     * The user's last session broke. Kept for a minute.
     *
     * @param at when, in store time
     */
    record Broke(Instant at) implements PresenceState {
        public Broke {
            Objects.requireNonNull(at, "at");
        }
    }

    /** The user has no session, and left on purpose. */
    record Gone() implements PresenceState {}
}
