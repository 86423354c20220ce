package org.wsnotify.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.StoreUnavailableException;

class StoreClockTest {

    private static final Duration AHEAD = Duration.ofMinutes(2);

    private final HandClock own = new HandClock();
    private long nanos = 5_000_000_000L;
    private Supplier<Instant> answer = () -> {
        throw new StoreUnavailableException("down");
    };
    private final StoreClock clock = new StoreClock(own, () -> answer.get(), () -> nanos);

    private void passes(Duration time) {
        nanos += time.toNanos();
        own.pass(time);
    }

    /** Answers with the store's time, which is ahead, in the middle of a round trip. */
    private void compare(Duration ahead, Duration roundTrip) {
        answer = () -> {
            passes(roundTrip.dividedBy(2));
            Instant time = own.instant().plus(ahead);
            passes(roundTrip.dividedBy(2));
            return time;
        };
        clock.compare();
    }

    @Test
    void isTheOwnTimeAsLongAsTheStoreDoesNotAnswer() {
        assertThat(clock.instant()).isEqualTo(own.instant());
    }

    @Test
    void firstLookAsksTheStoreAndAsksAgainLater() {
        assertThat(clock.instant()).isEqualTo(own.instant());
        answer = () -> own.instant().plus(AHEAD);
        assertThat(clock.instant()).isEqualTo(own.instant());
        passes(Duration.ofSeconds(1));

        assertThat(clock.instant()).isEqualTo(own.instant().plus(AHEAD));
    }

    @Test
    void isTheTimeOfTheStoreAfterAComparison() {
        compare(AHEAD, Duration.ofMillis(4));
        passes(Duration.ofSeconds(7));

        assertThat(clock.instant()).isEqualTo(own.instant().plus(AHEAD));
    }

    @Test
    void aWallClockThatIsSetChangesNothing() {
        compare(AHEAD, Duration.ofMillis(4));
        Instant before = clock.instant();
        own.pass(Duration.ofHours(-1));

        assertThat(clock.instant()).isEqualTo(before);
    }

    @Test
    void aSlowComparisonDoesNotReplaceAnExactOne() {
        compare(AHEAD, Duration.ofMillis(2));
        compare(AHEAD.plusMillis(150), Duration.ofMillis(400));

        assertThat(clock.instant()).isEqualTo(own.instant().plus(AHEAD));
    }

    @Test
    void anOldComparisonIsReplacedByALessExactOne() {
        compare(AHEAD, Duration.ofMillis(2));
        passes(Duration.ofMinutes(10));
        compare(AHEAD.plusMillis(50), Duration.ofMillis(200));

        assertThat(clock.instant()).isEqualTo(own.instant().plus(AHEAD).plusMillis(50));
    }

    @Test
    void aStoreWhoseClockWasSetIsBelievedAtOnce() {
        compare(AHEAD, Duration.ofMillis(2));
        compare(Duration.ZERO, Duration.ofMillis(400));

        assertThat(clock.instant()).isEqualTo(own.instant());
    }

    @Test
    void timesAreConvertedBothWays() {
        compare(AHEAD, Duration.ofMillis(4));
        passes(Duration.ofSeconds(3));
        Instant heard = own.instant().minusSeconds(1);

        assertThat(clock.fromOwn(heard)).isEqualTo(heard.plus(AHEAD));
        assertThat(clock.toOwn(heard.plus(AHEAD))).isEqualTo(heard);
    }

    @Test
    void aStoreThatDoesNotAnswerChangesNothing() {
        compare(AHEAD, Duration.ofMillis(4));
        Instant before = clock.instant();

        answer = () -> {
            throw new StoreUnavailableException("down");
        };
        assertThatThrownBy(clock::compare).isInstanceOf(StoreUnavailableException.class);
        assertThat(clock.instant()).isEqualTo(before);
    }
}
