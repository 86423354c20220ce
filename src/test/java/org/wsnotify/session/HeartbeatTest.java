package org.wsnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.meter.Meters;

class HeartbeatTest {

    private final HandClock clock = new HandClock();
    private final SessionRegistry registry = new SessionRegistry();
    private final Heartbeat heartbeat = new Heartbeat(
            registry, clock, new Heartbeat.Limits(Duration.ofSeconds(25), Duration.ofSeconds(10), 3), Meters.NONE);

    @Test
    void everySessionIsProbedOnceAnInterval() {
        RecordingSession session = open();

        for (int second = 0; second < 50; second++) {
            clock.pass(Duration.ofSeconds(1));
            session.heardAt(clock.instant());
            heartbeat.beat();
        }

        assertThat(session.probes()).isEqualTo(2);
        assertThat(session.closedWith()).isEmpty();
    }

    @Test
    void aSessionThatIsSilentForTwoIntervalsIsLost() {
        RecordingSession session = open();
        clock.pass(Duration.ofSeconds(50));
        heartbeat.beat();
        assertThat(session.closedWith()).isEmpty();

        clock.pass(Duration.ofSeconds(1));
        heartbeat.beat();
        assertThat(session.closedWith()).contains(CloseReason.LOST);
    }

    @Test
    void aSendThatTakesTooLongClosesTheSession() {
        RecordingSession session = open().sendingSince(clock.instant());
        clock.pass(Duration.ofSeconds(11));
        session.heardAt(clock.instant());

        heartbeat.beat();

        assertThat(session.closedWith()).contains(CloseReason.OVERLOADED);
    }

    @Test
    void whoeverDoesNotJoinWithinAMinuteLosesThePlaceWherePlacesAreScarce() {
        RecordingSession idle = open();
        RecordingSession joined = open();
        registry.beginJoin(joined, "anna");
        pass(Duration.ofMinutes(2), idle, joined);
        assertThat(idle.closedWith()).isEmpty();

        RecordingSession newcomer = open();
        heartbeat.beat();

        assertThat(idle.closedWith()).contains(CloseReason.OVERLOADED);
        assertThat(joined.closedWith()).isEmpty();
        assertThat(newcomer.closedWith()).isEmpty();
    }

    private void pass(Duration time, RecordingSession... heard) {
        clock.pass(time);
        for (RecordingSession session : heard) {
            session.heardAt(clock.instant());
        }
        heartbeat.beat();
    }

    private RecordingSession open() {
        RecordingSession session = new RecordingSession().heardAt(clock.instant());
        registry.opened(session, clock.instant());
        return session;
    }
}
