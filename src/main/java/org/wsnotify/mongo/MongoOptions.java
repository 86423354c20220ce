package org.wsnotify.mongo;

import java.time.Duration;
import java.util.Objects;

/**
 * Which database, and how patiently it is used.
 *
 * @param uri a {@code mongodb://} or {@code mongodb+srv://} URI; what it says of timeouts and pools goes before our
 *     defaults
 * @param database the name of the database, whatever the URI names
 * @param retryFor how long an operation that fails for a passing reason is repeated; an attempt under way then is not
 *     cut off. 0 = only the driver's own single retry
 * @param idempotencyKept how long MongoDB keeps idempotency keys, in seconds at most {@link Integer#MAX_VALUE}
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

    /** A database with our defaults. */
    public static MongoOptions of(String uri, String database) {
        return new MongoOptions(uri, database, RETRY_FOR, IDEMPOTENCY_KEPT);
    }

    /** The URI may hold a password: it is left out. */
    @Override
    public String toString() {
        return "MongoOptions[" + database + "]";
    }
}
