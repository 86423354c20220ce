package org.wsnotify.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When an entry that could not be sent is tried again.
 *
 * <p>The first retry comes after 30 seconds. The interval doubles each time, up to 6 hours. Up to a fifth is added at
 * random, so that entries that failed together do not all return together. The last attempt is three days after the
 * entry was owed.
 *
 * <p>Safe for use by many threads when its random generator is.
 */
public final class RetrySchedule {

    static final Duration FIRST = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofHours(6);
    static final Duration END = Duration.ofDays(3);

    private static final double JITTER = 0.2;
    private static final double LONGEST_BASE = LONGEST.toMillis() / (1 + JITTER);

    private final RandomGenerator random;

    public RetrySchedule(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Returns when to try an entry again.
     *
     * @param tried the entry; its attempts include the failed one
     * @param now when the attempt failed
     * @return the time of the next attempt, in milliseconds; empty if the entry must be given up
     */
    public Optional<Instant> next(OutboxEntry<?> tried, Instant now) {
        Instant end = tried.createdAt().plus(END);
        if (!now.isBefore(end)) {
            return Optional.empty();
        }
        Instant next = now.plus(delay(tried.attempts())).truncatedTo(ChronoUnit.MILLIS);
        return Optional.of(next.isAfter(end) ? end : next);
    }

    private Duration delay(int attempts) {
        double doubled = FIRST.toMillis() * Math.pow(2, Math.max(0, attempts - 1));
        double base = Math.min(doubled, LONGEST_BASE);
        return Duration.ofMillis((long) (base * (1 + JITTER * random.nextDouble())));
    }
}
