package org.wsnotify.mongo;

import java.time.Duration;
import java.util.Objects;

/**
 * Names the database, and says how long to retry and to keep keys. Immutable.
 *
 * @param uri a {@code mongodb://} or {@code mongodb+srv://} URI; its timeouts and pool sizes override our
 *     defaults
 * @param database the name of the database, whatever the URI names
 * @param retryFor how long an operation that fails for a temporary reason is repeated; the last attempt is not
 *     interrupted. 0 = only the driver's own single retry
 * @param idempotencyKept how long MongoDB keeps idempotency keys; at most this many seconds: {@link Integer#MAX_VALUE}
 */
public record MongoOptions(String uri, String database, Duration retryFor, Duration idempotencyKept) {

    /** Long enough for an election, short enough for a caller that waits for its answer. */
    public static final Duration RETRY_FOR = Duration.ofSeconds(10);

    public static final Duration IDEMPOTENCY_KEPT = Duration.ofHours(24);

    public MongoOptions {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(retryFor, "retryFor");
        Objects.requireNonNull(idempotencyKept, "idempotencyKept");
    }

    /** Returns options with our defaults. */
    public static MongoOptions of(String uri, String database) {
        return new MongoOptions(uri, database, RETRY_FOR, IDEMPOTENCY_KEPT);
    }

    /** Omits the URI: it may contain a password. */
    @Override
    public String toString() {
        return "MongoOptions[" + database + "]";
    }
}
