package org.wsnotify.mongo;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether the database is known to be down. An outage begins when an operation has been repeated for all its time, and
 * ends when an operation succeeds.
 *
 * <p>During an outage, operations fail at once if no primary is known, so that callers do not pile up. The driver keeps
 * looking for a primary in the background. The beginning and the end are logged. Safe for use by many threads.
 */
final class DatabaseOutage {

    private static final Logger LOG = System.getLogger(DatabaseOutage.class.getName());

    private final BooleanSupplier primaryKnown;
    private final Supplier<String> reason;
    private volatile boolean known;

    /**
     * Begins without an outage.
     *
     * @param primaryKnown whether the driver knows a server that takes writes; does not block
     * @param reason why it knows none; does not block
     */
    DatabaseOutage(BooleanSupplier primaryKnown, Supplier<String> reason) {
        this.primaryKnown = primaryKnown;
        this.reason = reason;
    }

    /** Returns why no server that takes writes is known; empty if one is known. */
    Optional<String> noPrimary() {
        return primaryKnown.getAsBoolean() ? Optional.empty() : Optional.of(reason.get());
    }

    /** Whether an outage has begun and not ended. */
    boolean isKnown() {
        return known;
    }

    /** Returns why an operation would wait in vain for a primary; empty if it should be tried. */
    Optional<String> hopeless() {
        return known ? noPrimary() : Optional.empty();
    }

    /** An operation has been repeated for all its time. */
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
