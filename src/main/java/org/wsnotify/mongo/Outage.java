package org.wsnotify.mongo;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;

/**
 * Whether the database is known to be down: from when an operation was repeated in vain for all of its time, until one succeeds.
 *
 * <p>Meanwhile nobody waits: what is hopeless is not tried, so that those who wait for an answer do not pile up. The driver looks for
 * a primary in the background all the time. Tells the log when it begins and ends. Safe for use by many threads.
 */
final class Outage {

    private static final Logger LOG = System.getLogger(Outage.class.getName());

    private final BooleanSupplier primaryKnown;
    private volatile boolean known;

    /** @param primaryKnown whether the driver knows a server that takes writes; does not block */
    Outage(BooleanSupplier primaryKnown) {
        this.primaryKnown = primaryKnown;
    }

    /** Whether it is known that the database is down. */
    boolean isKnown() {
        return known;
    }

    /** Whether an operation would only wait for a server that is not there. */
    boolean hopeless() {
        return known && !primaryKnown.getAsBoolean();
    }

    synchronized void began() {
        if (!known) {
            known = true;
            LOG.log(Level.WARNING, "MongoDB is down: operations fail at once until one succeeds");
        }
    }

    /** An operation succeeded. */
    void over() {
        if (known) {
            ended();
        }
    }

    private synchronized void ended() {
        if (known) {
            known = false;
            LOG.log(Level.INFO, "MongoDB is back");
        }
    }
}
