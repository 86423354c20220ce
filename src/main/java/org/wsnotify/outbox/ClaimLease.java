package org.wsnotify.outbox;

import java.time.Instant;
import java.util.Objects;

/**
 * How long a claim holds. Immutable.
 *
 * @param end when it ends, in store time
 * @param requestedNanos the monotonic time of this server before the lease was requested
 */
record ClaimLease(Instant end, long requestedNanos) {
    ClaimLease {
        Objects.requireNonNull(end, "end");
    }
}
