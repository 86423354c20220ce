package org.wsnotify.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;

class BodyIntakeTest {

    private final HandClock clock = new HandClock();
    private final AtomicInteger late = new AtomicInteger();

    private BodyIntake intake(int bodies, int perAddress) {
        return new BodyIntake(new BodyIntake.Limits(bodies, perAddress, 1000, Duration.ofSeconds(10), 1000), clock);
    }

    private BodyIntake.Place place(BodyIntake intake) {
        BodyIntake.Place place = intake.enter("a", 10).orElseThrow();
        place.whenLate(late::incrementAndGet);
        return place;
    }

    @Test
    void moreBodiesThanHavePlaceAreRefusedUntilOneIsRead() {
        BodyIntake intake = intake(1, 1);
        BodyIntake.Place place = intake.enter("a", 10).orElseThrow();

        assertThat(intake.enter("b", 1)).isEmpty();
        place.close();
        place.close();
        assertThat(intake.enter("b", 1)).isPresent();
        assertThat(intake.enter("c", 1)).isEmpty();
    }

    @Test
    void oneAddressHasItsShareAndNoMore() {
        BodyIntake intake = intake(3, 2);
        BodyIntake.Place place = intake.enter("a", 10).orElseThrow();
        assertThat(intake.enter("a", 10)).isPresent();

        assertThat(intake.enter("a", 10)).isEmpty();
        assertThat(intake.enter("b", 10)).isPresent();
        place.close();
        assertThat(intake.enter("a", 10)).isPresent();
    }

    @Test
    void bodiesThatAreTogetherTooLargeAreRefusedAndOneAloneIsNot() {
        BodyIntake intake = intake(9, 9);
        BodyIntake.Place place = intake.enter("a", 600).orElseThrow();

        assertThat(intake.enter("a", 500)).isEmpty();
        assertThat(intake.enter("a", 400)).isPresent();
        place.close();
        assertThat(intake(9, 9).enter("a", 5000)).isPresent();
    }

    @Test
    void aBodyThatDoesNotComeInTimeIsEnded() {
        BodyIntake intake = intake(9, 9);
        place(intake);
        clock.pass(Duration.ofSeconds(10));
        intake.sweep();
        assertThat(late).hasValue(0);

        clock.pass(Duration.ofMillis(1));
        intake.sweep();
        assertThat(late).hasValue(1);
    }

    @Test
    void aLargeBodyHasMoreTime() {
        BodyIntake intake = intake(9, 9);
        place(intake).came(5000);
        clock.pass(Duration.ofSeconds(15));
        intake.sweep();

        assertThat(late).hasValue(0);
    }

    @Test
    void aBodyThatIsReadIsNeverLate() {
        BodyIntake intake = intake(9, 9);
        place(intake).close();
        clock.pass(Duration.ofMinutes(1));
        intake.sweep();

        assertThat(late).hasValue(0);
    }
}
