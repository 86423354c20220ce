package org.wsnotify.health;

/** What the health checks ask. Each call may block on the store, but not for long, and never throws. */
public interface Condition {

    /** Whether the store can be reached. */
    boolean storeAnswers();

    /** Whether the store was ever reached and is set up. */
    boolean started();

    /** Whether the server is on its way down. */
    boolean stopping();
}
