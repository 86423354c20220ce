package org.wsnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.meter.Meters;

class HeartbeatTest {

    private final HandClock clock = new HandClock();
    private final SessionRegistry registry = new SessionRegistry();
    private final Heartbeat heartbeat =
            new Heartbeat(registry, clock, Duration.ofSeconds(25), Duration.ofSeconds(10), Meters.NONE);

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

    private RecordingSession open() {
        RecordingSession session = new RecordingSession().heardAt(clock.instant());
        registry.opened(session);
        return session;
    }
}
