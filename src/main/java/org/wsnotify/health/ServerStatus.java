package org.wsnotify.health;

import java.util.Optional;

/** What the health checks ask. Each call may block on the store, but not for long, and never throws. */
public interface ServerStatus {

    /** Why the store cannot be used, in words for an operator and without any secret; empty: it can. */
    Optional<String> storeTrouble();

    /** Whether the store was ever reached and is set up. */
    boolean started();

    /** Whether the server is on its way down. */
    boolean stopping();
}
