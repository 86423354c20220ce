package org.wsnotify.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepTimesTest {

    @Test
    void daysAndDurationsAreReadForAllAndForSingleTypes() {
        KeepTimes times = KeepTimes.parse(" 90d, chat=7d , a=b=PT12H,");

        assertThat(times)
                .isEqualTo(new KeepTimes(
                        Optional.of(Duration.ofDays(90)),
                        Map.of("chat", Duration.ofDays(7), "a=b", Duration.ofHours(12))));
        assertThat(times).hasToString("90 days, a=b PT12H, chat 7 days");
    }

    @Test
    void nothingMeansForEver() {
        assertThat(KeepTimes.parse("")).isEqualTo(KeepTimes.FOR_EVER).hasToString("for ever");
        assertThat(KeepTimes.parse("chat=1d")).hasToString("for ever, chat 1 day");
    }

    @Test
    void timesOfSingleTypesDoNotHoldForTheOthers() {
        assertThat(KeepTimes.parse("90d, chat=7d").rules())
                .containsEntry(new Types(Set.of("chat"), Set.of()), Duration.ofDays(7))
                .containsEntry(new Types(Set.of(), Set.of("chat")), Duration.ofDays(90))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "-1d", "P-1D", "90d, 7d", "chat=7d, chat=8d", "chat=", "week"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeepTimes.parse(text));
    }
}
