package org.wsnotify.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.story.MemoryStoryStore.Recorded;

class DecisionRecorderTest {

    private static final NotificationKey ANNAS = new NotificationKey("anna", "1");
    private static final NotificationKey BENS = new NotificationKey("ben", "2");
    private static final NotificationKey CLEOS = new NotificationKey("cleo", "3");

    private final HandClock clock = new HandClock();
    private final MemoryStoryStore store = new MemoryStoryStore();
    private final DecisionRecorder recorder = new DecisionRecorder(store, () -> "node", clock);

    @Test
    void equalPushesAreRecordedTogether() {
        recorder.pushed(ANNAS, 2);
        recorder.pushed(BENS, 2);
        recorder.pushed(CLEOS, 1);

        recorder.record();

        assertThat(store.recorded)
                .extracting(Recorded::notifications)
                .containsExactly(List.of(ANNAS, BENS), List.of(CLEOS));
        assertThat(store.recorded)
                .extracting(one -> one.push().orElseThrow().sessions())
                .containsExactly(2, 1);
        recorder.record();
        assertThat(store.recorded).hasSize(2);
    }

    @Test
    void pushesOfAnotherSecondAreApartAndPushesToNobodyAreNone() {
        recorder.pushed(ANNAS, 1);
        clock.pass(Duration.ofSeconds(1));
        recorder.pushed(BENS, 1);
        recorder.pushed(CLEOS, 0);
        recorder.present(CLEOS);

        recorder.record();

        assertThat(store.recorded)
                .extracting(Recorded::notifications)
                .containsExactly(List.of(ANNAS), List.of(BENS), List.of(CLEOS));
        assertThat(store.recorded.get(2).push()).isEqualTo(Optional.empty());
    }

    @Test
    void whatTheStoreDoesNotTakeIsGivenUpAndTooMuchIsNotKept() {
        store.down = true;
        recorder.pushed(ANNAS, 1);
        recorder.record();
        store.down = false;
        recorder.record();
        assertThat(store.recorded).isEmpty();

        for (int i = 0; i < 50_001; i++) {
            recorder.pushed(BENS, 1);
        }
        recorder.record();

        assertThat(store.recorded.stream()
                        .mapToInt(one -> one.notifications().size())
                        .sum())
                .isEqualTo(50_000);
        assertThat(store.recorded).allMatch(one -> one.notifications().size() <= 1000);
    }
}
