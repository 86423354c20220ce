package org.wsnotify.session;

import java.time.Instant;
import java.util.Optional;

/**
 * Is told when users arrive and leave. The calls for one user come one after another. They must not block or call the
 * registry.
 */
public interface UserListener {

    /** A user is about to get a first session on this server. Nothing was pushed to it yet. */
    void arrived(String userId);

    /**
     * The last session of a user on this server has ended.
     *
     * @param broke when its connection broke, by the clock of this server; empty if the user left
     */
    void left(String userId, Optional<Instant> broke);
}
