package org.wsnotify.health;

import java.util.Optional;

/** The state that health checks report. Each call may block briefly on the store, and never throws. */
public interface ServerStatus {

    /** Returns why the store cannot be used, for an operator and without secrets; empty if it can. */
    Optional<String> storeTrouble();

    /** Whether the store was reached and set up since the start. */
    boolean started();

    /** Whether the server is stopping. */
    boolean stopping();
}
