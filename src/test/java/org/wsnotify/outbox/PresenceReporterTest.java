package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.outbox.MemoryOutbox.Fails;
import org.wsnotify.presence.FakeCluster;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.StoreClocks;

class PresenceReporterTest {

    private static final Duration HOLD = Duration.ofSeconds(5);

    private final HandClock clock = new HandClock();

    /** A test may set it, while the monotonic clock goes with the other one. */
    private final HandClock own = new HandClock();

    private final Map<String, Instant> lastHeard = new HashMap<>();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final PresenceReporter reporter = reporter(new FakeCluster(clock).start("0000000a"));

    private PresenceReporter reporter(Presence others) {
        return new PresenceReporter(
                outbox,
                (user, since) -> lastHeard.getOrDefault(user, Instant.MIN).isAfter(since),
                HOLD,
                own,
                StoreClocks.own(own),
                others,
                FakeCluster.nanoTime(clock));
    }

    @Test
    void usersWhoAreHeardAfterThePushAreReportedInOneCall() {
        owe("p", "q");
        hear("early");
        reporter.watch("p", List.of("early", "late", "silent"));
        reporter.watch("q", List.of("late"));
        reporter.report();
        assertThat(outbox.reports()).as("nobody was heard from").isZero();

        hear("late");
        reporter.report();
        reporter.report();

        assertThat(outbox.reports()).isEqualTo(1);
        assertThat(outbox.reported("p-c1")).containsExactly("late");
        assertThat(outbox.reported("q-c1")).containsExactly("late");
    }

    @Test
    void aReportIsRepeatedUntilTheStoreHasIt() {
        owe("p");
        reporter.watch("p", List.of("anna", "bert"));
        hear("anna");
        outbox.fails(Fails.BEFORE_STORING);
        reporter.report();
        outbox.fails(Fails.WITH_AN_ERROR);
        hear("bert");
        reporter.report();
        clock.pass(HOLD.plus(PresenceReporter.REPEATED));
        reporter.report();

        outbox.fails(Fails.NEVER);
        reporter.report();

        assertThat(outbox.reported("p-c1")).containsExactlyInAnyOrder("anna", "bert");
    }

    @Test
    void aReportThatNobodyWaitsForAnyMoreIsDropped() {
        owe("p", "q");
        reporter.watch("p", List.of("anna"));
        hear("anna");
        clock.pass(HOLD.plus(PresenceReporter.REPEATED).plusMillis(1));
        reporter.watch("q", List.of("anna"));
        hear("anna");
        outbox.fails(Fails.BEFORE_STORING);
        reporter.report();

        outbox.fails(Fails.NEVER);
        reporter.report();
        reporter.report();

        assertThat(outbox.reported("p-c1")).isEmpty();
        assertThat(outbox.reported("q-c1")).containsExactly("anna");
        assertThat(outbox.reports()).isEqualTo(1);
    }

    @Test
    void aReportIsTriedOnceHoweverLateItIs() {
        owe("p");
        reporter.watch("p", List.of("anna"));
        hear("anna");
        clock.pass(Duration.ofMinutes(1));

        reporter.report();

        assertThat(outbox.reported("p-c1")).containsExactly("anna");
    }

    @Test
    void aSignOfLifeCountsUntilThePublicationIsDropped() {
        owe("p");
        reporter.watch("p", List.of("anna", "bert"));
        own.pass(Duration.ofDays(1));
        clock.pass(HOLD.plus(PresenceReporter.LONGER));
        hear("anna");
        reporter.report();
        clock.pass(Duration.ofMillis(1));
        reporter.report();
        hear("bert");
        reporter.report();

        assertThat(outbox.reported("p-c1")).containsExactly("anna");
    }

    @Test
    void theOldestAreDroppedWhenTooManyAreWatched() {
        owe("p", "q", "r");
        List<String> half = IntStream.range(0, PresenceReporter.MOST_USERS / 2)
                .mapToObj(i -> "u" + i)
                .toList();
        reporter.watch("p", half);
        reporter.watch("q", half);
        hear("u7");
        reporter.report();
        reporter.watch("r", List.of("u1", "u2"));
        hear("u8");
        reporter.report();
        assertThat(outbox.reported("p-c1")).as("still watched").containsExactlyInAnyOrder("u7", "u8");

        reporter.watch("r", List.of("u3", "u4", "u5"));
        hear("u9");
        hear("u3");
        reporter.report();

        assertThat(outbox.reported("p-c1")).as("dropped").containsExactlyInAnyOrder("u7", "u8");
        assertThat(outbox.reported("q-c1")).containsExactlyInAnyOrder("u7", "u8", "u9", "u3");
        assertThat(outbox.reported("r-c1")).containsExactly("u3");
    }

    @Test
    void aServerThatIsAloneReportsNothing() {
        PresenceReporter alone = reporter(FakeCluster.alone());
        owe("p");
        alone.watch("p", List.of("anna"));
        hear("anna");
        alone.report();

        assertThat(outbox.reports()).isZero();
    }

    private void hear(String user) {
        own.pass(Duration.ofMillis(1));
        lastHeard.put(user, own.instant());
        own.pass(Duration.ofMillis(1));
    }

    private void owe(String... publications) {
        for (String publication : publications) {
            OwedMail mail = OwedMails.owed(publication, OwedMails.MAIL, OwedMails.UNLESS_PRESENT, "any");
            outbox.owe(List.of(OutboxEntry.owed(publication + "-c1", mail, clock.instant(), clock.instant())));
        }
    }
}
