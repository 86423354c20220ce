package org.wsnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.UnseenCounts;

class HeartbeatTest {

    private final OutgoingBudget outgoing = new OutgoingBudget(100, 1);
    private final HandClock clock = new HandClock();
    private final SessionRegistry registry = new SessionRegistry();
    private final Heartbeat heartbeat = new Heartbeat(
            registry,
            new HeartbeatTiming(Duration.ofSeconds(25), Duration.ofSeconds(10)),
            outgoing,
            clock,
            Meters.NONE);

    @Test
    void everySessionIsProbedOnceAnInterval() {
        RecordingSession session = joined();

        for (int second = 0; second < 50; second++) {
            clock.pass(Duration.ofSeconds(1));
            session.heardAt(clock.instant());
            heartbeat.beat();
        }

        assertThat(session.probes()).isEqualTo(2);
        assertThat(session.closedWith()).isEmpty();
    }

    @Test
    void sessionSilentForTwoIntervalsIsClosedAsLost() {
        RecordingSession session = joined();
        clock.pass(Duration.ofSeconds(50));
        heartbeat.beat();
        assertThat(session.closedWith()).isEmpty();

        clock.pass(Duration.ofSeconds(1));
        heartbeat.beat();
        assertThat(session.closedWith()).contains(CloseStatus.LOST);
    }

    @Test
    void clientThatReadsMuchMayBeSilentForLonger() {
        RecordingSession session = joined().readingTime(Duration.ofSeconds(30));
        clock.pass(Duration.ofSeconds(80));
        heartbeat.beat();
        assertThat(session.closedWith()).isEmpty();

        clock.pass(Duration.ofSeconds(1));
        heartbeat.beat();
        assertThat(session.closedWith()).contains(CloseStatus.LOST);
    }

    @Test
    void sendThatTakesTooLongClosesTheSession() {
        RecordingSession session = open().sendingSince(clock.instant());
        clock.pass(Duration.ofSeconds(11));
        session.heardAt(clock.instant());

        heartbeat.beat();

        assertThat(session.closedWith()).contains(CloseStatus.OVERLOADED);
    }

    @Test
    void clientIsToldTwoMinutesBeforeItsLoginEndsAndThenTheSessionIsClosed() {
        RecordingSession session = joined();
        completeJoin(session);
        Instant end = clock.instant().plus(Duration.ofMinutes(10));
        registry.loginEnds(session, "anna", Optional.of(end), clock.instant());

        pass(Duration.ofMinutes(8).minusSeconds(1), session);
        assertThat(session.sent()).hasSize(2);
        pass(Duration.ofSeconds(1), session);
        pass(Duration.ofMinutes(2).minusSeconds(1), session);
        assertThat(session.sent()).hasSize(3).endsWith(new Envelope.LoginEnding(end));
        assertThat(session.closedWith()).isEmpty();

        pass(Duration.ofSeconds(1), session);
        assertThat(session.closedWith()).contains(CloseStatus.LOGIN_ENDED);
    }

    @Test
    void clientOfAShortLoginIsToldAtHalfOfItsTime() {
        RecordingSession session = joined();
        completeJoin(session);
        registry.loginEnds(session, "anna", Optional.of(clock.instant().plus(Duration.ofSeconds(10))), clock.instant());

        pass(Duration.ofSeconds(4), session);
        assertThat(session.sent()).hasSize(2);
        pass(Duration.ofSeconds(1), session);
        assertThat(session.sent()).hasSize(3);
    }

    @Test
    void refreshedLoginAndThatOfTheNextUserEndLater() {
        RecordingSession refreshed = joined();
        RecordingSession left = joined();
        RecordingSession other = joined();
        Instant end = clock.instant().plus(Duration.ofMinutes(1));
        for (RecordingSession session : List.of(refreshed, left, other)) {
            registry.loginEnds(session, "anna", Optional.of(end), clock.instant());
        }
        registry.loginEnds(refreshed, "anna", Optional.of(end.plusSeconds(60)), clock.instant());
        registry.leave(left, clock.instant());
        registry.beginJoin(other, "ben", 50);
        registry.loginEnds(other, "anna", Optional.of(end), clock.instant());

        pass(Duration.ofSeconds(20), refreshed, left, other);
        registry.joining(left, clock.instant());
        pass(Duration.ofSeconds(20), refreshed, left, other);
        registry.joining(left, clock.instant());
        pass(Duration.ofSeconds(20), refreshed, left, other);

        assertThat(refreshed.closedWith()).isEmpty();
        assertThat(left.closedWith()).isEmpty();
        assertThat(other.closedWith()).isEmpty();
        pass(Duration.ofSeconds(60), refreshed);
        assertThat(refreshed.closedWith()).contains(CloseStatus.LOGIN_ENDED);
    }

    @Test
    void sessionNotJoinedForHalfAMinuteIsClosed() {
        RecordingSession idle = open();
        RecordingSession joined = open();
        registry.beginJoin(joined, "anna", 50);
        RecordingSession asking = open();
        pass(Heartbeat.JOINING.minusSeconds(1), idle, joined, asking);
        assertThat(idle.closedWith()).isEmpty();

        registry.joining(asking, clock.instant());
        pass(Duration.ofSeconds(1), idle, joined, asking);

        assertThat(idle.closedWith()).contains(CloseStatus.NOT_JOINED);
        assertThat(joined.closedWith()).isEmpty();
        assertThat(asking.closedWith()).isEmpty();
    }

    @Test
    void sessionWithoutAUserAfterALeaveGetsTheFullTimeAgain() {
        RecordingSession session = open();
        registry.beginJoin(session, "anna", 50);
        pass(Duration.ofSeconds(20), session);
        registry.leave(session, clock.instant());
        pass(Heartbeat.JOINING.minusSeconds(1), session);
        assertThat(session.closedWith()).isEmpty();

        pass(Duration.ofSeconds(1), session);
        assertThat(session.closedWith()).contains(CloseStatus.NOT_JOINED);
    }

    @Test
    void longestQueuesAreClosedUntilTheBudgetSuffices() {
        outgoing.add(150);
        RecordingSession small = open().unsent(40, outgoing);
        RecordingSession large = open().unsent(60, outgoing);

        heartbeat.beat();

        assertThat(large.closedWith()).contains(CloseStatus.OVERLOADED);
        assertThat(small.closedWith()).isEmpty();
    }

    private void completeJoin(RecordingSession session) {
        registry.completeJoin(
                session,
                new Envelope.Joined("anna", UnseenCounts.NONE),
                new Envelope.Notifications(List.of(), Optional.of(new Envelope.Question.Unseen()), Optional.empty()));
    }

    private void pass(Duration time, RecordingSession... heard) {
        clock.pass(time);
        for (RecordingSession session : heard) {
            session.heardAt(clock.instant());
        }
        heartbeat.beat();
    }

    private RecordingSession joined() {
        RecordingSession session = open();
        registry.beginJoin(session, "anna", 50);
        return session;
    }

    private RecordingSession open() {
        RecordingSession session = new RecordingSession().heardAt(clock.instant());
        registry.opened(session, clock.instant());
        return session;
    }
}
