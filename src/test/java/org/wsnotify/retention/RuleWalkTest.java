package org.wsnotify.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.retention.RetentionStore.Swept;
import org.wsnotify.retention.RetentionStore.Walked;

/** Where the steps of a rule begin. */
class RuleWalkTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final AgePosition OLD = new AgePosition(NOW.minus(Duration.ofDays(20)), "6b0000000000000000000001");

    private final List<Optional<?>> begun = new ArrayList<>();
    private boolean more = true;
    private boolean down;

    @Test
    void stepBeginsWhereTheOneBeforeEnded() {
        RuleWalk<AgePosition> walk = walkByAge("7d");

        all(walk);
        all(walk);

        assertThat(begun).containsExactly(Optional.empty(), Optional.of(OLD));
    }

    @Test
    void whatWasExaminedIsNotExaminedAgainApartFromTheLastHour() {
        RuleWalk<AgePosition> walk = walkByAge("7d");
        more = false;

        all(walk);
        all(walk);

        Instant hourBefore = NOW.minus(Duration.ofDays(7)).minus(Duration.ofHours(1));
        assertThat(begun).containsExactly(Optional.empty(), Optional.of(new AgePosition(hourBefore, "")));
    }

    @Test
    void stepThatFailedIsDoneAgain() {
        RuleWalk<AgePosition> walk = walkByAge("7d");
        all(walk);
        down = true;
        assertThatThrownBy(() -> all(walk)).isInstanceOf(StoreUnavailableException.class);
        down = false;

        all(walk);

        assertThat(begun).containsExactly(Optional.empty(), Optional.of(OLD), Optional.of(OLD));
    }

    @Test
    void eachChoiceOfTypesHasAPlaceOfItsOwn() {
        RuleWalk<AgePosition> walk = walkByAge("7d, chat=1d");

        all(walk);

        assertThat(begun).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void idsAreWalkedOnce() {
        RuleWalk<String> walk = RuleWalk.byId(KeepTimes.parse("7d"), (types, before, after, most) -> {
            begun.add(after);
            return new Walked<>(
                    new Swept(List.of(), 0, false), begun.size() == 1 ? Optional.of("id") : Optional.empty());
        });

        all(walk);
        all(walk);
        all(walk);

        assertThat(begun).containsExactly(Optional.empty(), Optional.of("id"), Optional.of("id"));
    }

    @Test
    void walkBeginsAnewOnceADay() {
        RuleWalk<String> walk = RuleWalk.byId(KeepTimes.parse("7d"), (types, before, after, most) -> {
            begun.add(after);
            return new Walked<>(new Swept(List.of(), 0, false), Optional.of("id"));
        });

        for (int hours = 0; hours <= 48; hours += 12) {
            Instant later = NOW.plus(Duration.ofHours(hours));
            walk.types().forEach(types -> walk.next(types, later, 10));
        }

        assertThat(begun)
                .containsExactly(
                        Optional.empty(), Optional.of("id"), Optional.of("id"), Optional.empty(), Optional.of("id"));
    }

    private RuleWalk<AgePosition> walkByAge(String times) {
        return RuleWalk.byAge(KeepTimes.parse(times), (types, before, after, most) -> {
            begun.add(after);
            if (down) {
                throw new StoreUnavailableException("down");
            }
            return new Walked<>(new Swept(List.of(), 0, more), Optional.of(OLD));
        });
    }

    private static void all(RuleWalk<?> walk) {
        walk.types().forEach(types -> walk.next(types, NOW, 10));
    }
}
