package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant OWED = Instant.parse("2026-03-01T12:00:00Z");
    private static final RandomGenerator LOWEST = () -> 0L;
    private static final RandomGenerator HIGHEST = () -> -1L;

    @Test
    void theFirstRetryComesAfterHalfAMinute() {
        assertThat(delay(LOWEST, 1)).isEqualTo(Duration.ofSeconds(30));
        assertThat(delay(HIGHEST, 1)).isBetween(Duration.ofSeconds(35), Duration.ofSeconds(36));
    }

    @Test
    void theIntervalsGrowUpToSixHours() {
        List<Duration> highest = new ArrayList<>();
        for (int attempt = 1; attempt <= 2000; attempt++) {
            highest.add(delay(HIGHEST, attempt));
        }
        assertThat(highest).isSorted();
        assertThat(highest.get(1999)).isBetween(Duration.ofHours(6).minusSeconds(1), Duration.ofHours(6));
        assertThat(delay(LOWEST, 4)).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void jitterSpreadsEvenTheLongestInterval() {
        assertThat(delay(HIGHEST, 50).minus(delay(LOWEST, 50))).isGreaterThan(Duration.ofMinutes(59));
    }

    @Test
    void theLastAttemptIsThreeDaysAfterTheEntryWasOwed() {
        RetrySchedule schedule = new RetrySchedule(LOWEST);
        Instant end = OWED.plus(Duration.ofDays(3));

        assertThat(schedule.next(tried(30), end.minusSeconds(1))).contains(end);
        assertThat(schedule.next(tried(30), end)).isEmpty();
        assertThat(schedule.next(tried(1), end.plusSeconds(1))).isEmpty();
    }

    @Test
    void theNextAttemptIsInWholeMilliseconds() {
        Optional<Instant> next =
                new RetrySchedule(HIGHEST).next(tried(1), Instant.parse("2026-03-01T12:00:01.123456789Z"));

        assertThat(next).contains(next.orElseThrow().truncatedTo(ChronoUnit.MILLIS));
    }

    private static Duration delay(RandomGenerator random, int attempts) {
        return Duration.between(
                OWED, new RetrySchedule(random).next(tried(attempts), OWED).orElseThrow());
    }

    private static OutboxEntry<?> tried(int attempts) {
        OutboxEntry<String> entry = OutboxEntry.owed("e", "anything", OWED, OWED);
        for (int i = 0; i < attempts; i++) {
            entry = entry.claimedUntil(OWED);
        }
        return entry;
    }
}
