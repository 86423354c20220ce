package org.wsnotify.mongo;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether the database is known to be down: from when an operation was repeated in vain for all of its time, until one
 * succeeds.
 *
 * <p>Meanwhile nobody waits: what is hopeless is not tried, so that those who wait for an answer do not pile up. The
 * driver looks for a primary in the background all the time. Tells the log when it begins and ends. Safe for use by
 * many threads.
 */
final class DatabaseOutage {

    private static final Logger LOG = System.getLogger(DatabaseOutage.class.getName());

    private final BooleanSupplier primaryKnown;
    private final Supplier<String> reason;
    private volatile boolean known;

    /**
     * Nothing is known to be down.
     *
     * @param primaryKnown whether the driver knows a server that takes writes; does not block
     * @param reason why it knows none; does not block
     */
    DatabaseOutage(BooleanSupplier primaryKnown, Supplier<String> reason) {
        this.primaryKnown = primaryKnown;
        this.reason = reason;
    }

    /** Empty: a server that takes writes is known. Else why there is none. */
    Optional<String> noPrimary() {
        return primaryKnown.getAsBoolean() ? Optional.empty() : Optional.of(reason.get());
    }

    /** Whether it is known that the database is down. */
    boolean isKnown() {
        return known;
    }

    /** Why an operation would only wait for a server that is not there; empty: it would not, or that is not known. */
    Optional<String> hopeless() {
        return known ? noPrimary() : Optional.empty();
    }

    synchronized void began() {
        if (!known) {
            known = true;
            LOG.log(
                    Level.WARNING,
                    "MongoDB is down{0}: operations fail at once until one succeeds",
                    noPrimary()
                            .map(why -> ", no primary is known (" + why + ")")
                            .orElse(""));
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
