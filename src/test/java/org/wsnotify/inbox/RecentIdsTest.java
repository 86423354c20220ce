package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.NotificationIds;

class RecentIdsTest {

    private final HandClock clock = new HandClock();
    private final NotificationIds ids = new NotificationIds(clock);
    private final RecentIds recent = new RecentIds(3);

    private String added() {
        String id = ids.reserve(1);
        recent.add(id);
        return id;
    }

    @Test
    void idsOfTheLastMinutesAreKnown() {
        String first = added();
        clock.pass(Duration.ofMinutes(4));
        String second = added();

        assertThat(recent.contains(first)).isTrue();
        assertThat(recent.contains(second)).isTrue();
    }

    @Test
    void olderIdsAreForgottenWhenOneIsAdded() {
        String first = added();
        String second = added();
        clock.pass(Duration.ofMinutes(6));
        String third = added();

        assertThat(recent.contains(first)).isFalse();
        assertThat(recent.contains(second)).isFalse();
        assertThat(recent.contains(third)).isTrue();
    }

    @Test
    void theOldestOfVeryManyAreForgotten() {
        String first = added();
        String second = added();
        added();
        added();

        assertThat(recent.contains(first)).isFalse();
        assertThat(recent.contains(second)).isTrue();
    }

    @Test
    void anOldIdThatIsAddedAgainIsNoTrouble() {
        String first = added();
        clock.pass(Duration.ofMinutes(6));
        String second = added();
        recent.add(first);

        assertThat(recent.contains(first)).isTrue();
        assertThat(recent.contains(second)).isTrue();
    }

    @Test
    void idsUpToOneAreForgotten() {
        String first = added();
        String second = added();
        recent.removeUpTo(first);

        assertThat(recent.contains(first)).isFalse();
        assertThat(recent.contains(second)).isTrue();
    }
}
