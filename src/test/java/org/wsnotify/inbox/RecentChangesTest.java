package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.InboxChange;

class RecentChangesTest {

    private final HandClock clock = new HandClock();
    private final RecentChanges changes = new RecentChanges(clock);

    @Test
    void whatWasMarkedOrRemovedIsRemembered() {
        changes.add(new InboxChange.MarkedSeen(List.of("a", "b")));
        changes.add(new InboxChange.Removed(List.of("c")));

        assertThat(List.of("a", "b", "c")).allMatch(changes::include);
        assertThat(changes.include("d")).isFalse();
    }

    @Test
    void whatIsTooMuchIsForgottenAndKnownToBe() {
        Instant before = clock.instant();
        assertThat(changes.mayBeUnknownFor(before)).isFalse();
        clock.pass(Duration.ofSeconds(1));

        changes.add(new InboxChange.MarkedSeen(
                IntStream.range(0, 100).mapToObj(Integer::toString).toList()));
        assertThat(changes.include("0")).isFalse();
        assertThat(changes.mayBeUnknownFor(before)).isTrue();
        assertThat(changes.mayBeUnknownFor(clock.instant())).isFalse();

        changes.add(new InboxChange.MarkedSeen(List.of("later")));
        assertThat(changes.include("later")).isTrue();
    }
}
