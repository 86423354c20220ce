package org.wsnotify.outbox;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a mail that could not be sent is tried again.
 *
 * <p>First after 30 seconds, then after twice as long each time, up to 6 hours. Up to a fifth is added at random, so
 * that mails that failed together do not all come back together. Three days after the mail was owed there is a last
 * attempt.
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
     * When to try an entry again.
     *
     * @param tried the entry, with the attempt that failed counted
     * @param now when the attempt failed
     * @return the time of the next attempt, in milliseconds; empty when the entry is to be given up
     */
    public Optional<Instant> next(OutboxEntry tried, Instant now) {
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
