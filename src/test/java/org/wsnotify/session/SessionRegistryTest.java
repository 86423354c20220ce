package org.wsnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.RecordingChannel;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;

class SessionRegistryTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final SessionRegistry registry = new SessionRegistry();

    @Test
    void pushReachesAllSessionsOfTheUserAndNoOthers() {
        RecordingSession tab = joined("anna");
        RecordingSession phone = joined("anna");
        RecordingSession other = joined("ben");

        int reached = registry.push("anna", push("1", "anna"));

        assertThat(reached).isEqualTo(2);
        assertThat(pushes(tab)).containsExactly(id("1"));
        assertThat(pushes(phone)).containsExactly(id("1"));
        assertThat(pushes(other)).isEmpty();
    }

    @Test
    void sessionsOfAUserAreLimited() {
        RecordingSession tab = opened();
        RecordingSession phone = opened();
        RecordingSession other = opened();

        assertThat(registry.beginJoin(tab, "anna", 2)).isTrue();
        assertThat(registry.beginJoin(phone, "anna", 2)).isTrue();
        assertThat(registry.beginJoin(other, "anna", 2)).isFalse();
        assertThat(registry.userOf(other)).isEmpty();

        assertThat(registry.beginJoin(phone, "anna", 2)).isTrue(); // has its place already
        registry.leave(tab, NOW);
        assertThat(registry.beginJoin(other, "anna", 2)).isTrue();
    }

    @Test
    void refusedJoinLeavesTheSessionToItsUser() {
        RecordingSession session = joined("ben");
        joined("anna");

        assertThat(registry.beginJoin(session, "anna", 1)).isFalse();

        assertThat(registry.userOf(session)).contains("ben");
        assertThat(registry.push("ben", push("1", "ben"))).isEqualTo(1);
    }

    @Test
    void sessionThatChangesUserGetsOnlyTheNewUsersPushes() {
        RecordingSession session = joined("anna");
        join(session, "ben");

        registry.push("anna", push("1", "anna"));
        registry.push("ben", push("2", "ben"));

        assertThat(pushes(session)).containsExactly(id("2"));
        assertThat(registry.isOnline("anna")).isFalse();
    }

    @Test
    void pushDuringAJoinComesOnceAndBehindTheAnswer() {
        RecordingSession session = opened();
        registry.beginJoin(session, "anna", 50);
        registry.push("anna", push("1", "anna"));
        registry.push("anna", push("2", "anna"));
        assertThat(session.sent()).isEmpty();

        registry.completeJoin(
                session,
                new Envelope.Joined("anna", UnseenCounts.NONE),
                new Envelope.Notifications(List.of(notification("1", "anna")), Optional.empty(), Optional.empty()));

        assertThat(session.sent().get(0)).isInstanceOf(Envelope.Joined.class);
        assertThat(pushes(session)).containsExactly(id("1"), id("2"));
    }

    @Test
    void lateFirstPushOfWhatTheAnswerHadIsLeftOut() {
        RecordingSession session = opened();
        registry.beginJoin(session, "anna", 50);
        registry.completeJoin(
                session,
                new Envelope.Joined("anna", UnseenCounts.NONE),
                new Envelope.Notifications(
                        List.of(notification("2", "anna"), notification("1", "anna")),
                        Optional.empty(),
                        Optional.empty()));

        registry.push("anna", push("2", "anna"));
        assertThat(pushes(session)).containsExactly(id("2"), id("1"));
        registry.push("anna", push("2", "anna"));
        assertThat(pushes(session)).containsExactly(id("2"), id("1"), id("2"));

        registry.push("anna", new Envelope.Seen(List.of(), Optional.of(id("1")), Optional.empty()));
        registry.push("anna", push("1", "anna"));
        assertThat(pushes(session)).containsExactly(id("2"), id("1"), id("2"), id("1"));
    }

    @Test
    void sessionMayCloseWhileItsJoinIsAnswered() {
        AtomicReference<ClientSession> session = new AtomicReference<>();
        session.set(new ClientSession(
                new RecordingChannel(),
                envelope -> {
                    session.get().close(CloseStatus.OVERLOADED); // as if too much waited for the client
                    return envelope.name();
                },
                true,
                closed -> registry.closed(closed, NOW)));
        registry.opened(session.get(), NOW);
        registry.beginJoin(session.get(), "anna", 50);
        registry.push("anna", push("1", "anna"));

        registry.completeJoin(
                session.get(),
                new Envelope.Joined("anna", UnseenCounts.NONE),
                new Envelope.Notifications(List.of(notification("1", "anna")), Optional.empty(), Optional.empty()));

        assertThat(registry.isOnline("anna")).isFalse();
    }

    @Test
    void tooManyPushesDuringAJoinCloseTheSession() {
        RecordingSession session = opened();
        registry.beginJoin(session, "anna", 50);

        IntStream.range(0, 1001).forEach(i -> registry.push("anna", push("" + i, "anna")));

        assertThat(session.closedWith()).contains(CloseStatus.OVERLOADED);
    }

    @Test
    void userIsOnlineUntilTheLastSessionIsClosed() {
        RecordingSession tab = joined("anna");
        RecordingSession phone = joined("anna");

        registry.closed(tab, NOW);
        assertThat(registry.isOnline("anna")).isTrue();
        registry.closed(phone, NOW);
        assertThat(registry.isOnline("anna")).isFalse();
        assertThat(registry.size()).isZero();
        assertThat(registry.users()).isZero();
    }

    @Test
    void brokenConnectionIsRememberedButALeaveIsNot() {
        RecordingSession broken = joined("anna").heardAt(NOW);
        RecordingSession left = joined("ben").heardAt(NOW);

        registry.closed(broken, NOW.plusSeconds(1));
        registry.leave(left, NOW);

        assertThat(registry.brokeAt("anna")).contains(NOW.plusSeconds(1));
        assertThat(registry.brokeAt("ben")).isEmpty();
        assertThat(registry.heardSince("anna", NOW.minusSeconds(1))).isTrue();
        assertThat(registry.heardSince("anna", NOW)).isFalse();

        joined("anna");
        assertThat(registry.brokeAt("anna")).isEmpty();
    }

    @Test
    void lastHeardSurvivesTheEndOfASession() {
        RecordingSession tab = joined("anna").heardAt(NOW);
        RecordingSession phone = joined("anna").heardAt(NOW.minusSeconds(9));
        RecordingSession left = joined("ben").heardAt(NOW);

        registry.closed(tab, NOW);
        registry.closed(phone, NOW);
        registry.leave(left, NOW);

        assertThat(registry.heardSince("anna", NOW.minusSeconds(1))).isTrue();
        assertThat(registry.heardSince("ben", NOW.minusSeconds(1))).isTrue();
    }

    @Test
    void userWhoReturnsAfterABreakIsProbed() {
        RecordingSession first = joined("anna");
        assertThat(first.probes()).isZero();
        registry.closed(first, NOW);

        assertThat(joined("anna").probes()).isEqualTo(1);
        assertThat(joined("anna").probes()).isZero();
    }

    @Test
    void joinOfAClosedSessionLeavesNoUserOnline() {
        RecordingSession session = opened();
        registry.closed(session, NOW);

        join(session, "anna");

        assertThat(registry.isOnline("anna")).isFalse();
        assertThat(session.sent()).isEmpty();
    }

    @Test
    void userWasHeardFromIfAnySessionWas() {
        joined("anna").heardAt(NOW);
        joined("anna").heardAt(NOW.plusSeconds(10));

        assertThat(registry.heardSince("anna", NOW.plusSeconds(5))).isTrue();
        assertThat(registry.heardSince("anna", NOW.plusSeconds(10))).isFalse();
        assertThat(registry.heardSince("nobody", NOW)).isFalse();
    }

    @Test
    void refusingRegistryTakesNoMoreSessions() {
        RecordingSession before = opened();

        registry.refuse();

        assertThat(registry.opened(new RecordingSession(), NOW)).isFalse();
        assertThat(registry.sessions()).containsExactly(before);
    }

    /** A connection may end at any moment of a join. */
    @Test
    void closeAtAnyMomentOfAJoinLeavesNoUserOnline() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5000; round++) {
                RecordingSession session = opened();
                CyclicBarrier together = new CyclicBarrier(2);
                Future<?> join = executor.submit(() -> {
                    together.await();
                    registry.beginJoin(session, "anna", 50);
                    return null;
                });
                Future<?> close = executor.submit(() -> {
                    together.await();
                    registry.closed(session, NOW);
                    return null;
                });
                join.get();
                close.get();
                assertThat(registry.isOnline("anna")).as("round " + round).isFalse();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private RecordingSession opened() {
        RecordingSession session = new RecordingSession();
        registry.opened(session, NOW);
        return session;
    }

    private RecordingSession joined(String user) {
        RecordingSession session = opened();
        join(session, user);
        return session;
    }

    private void join(RecordingSession session, String user) {
        registry.beginJoin(session, user, 50);
        registry.completeJoin(
                session,
                new Envelope.Joined(user, UnseenCounts.NONE),
                new Envelope.Notifications(List.of(), Optional.empty(), Optional.empty()));
    }

    private static List<String> pushes(RecordingSession session) {
        return session.sent(Envelope.Notifications.class).stream()
                .flatMap(envelope -> envelope.items().stream())
                .map(Notification::id)
                .toList();
    }

    private static Envelope.Notifications push(String id, String user) {
        return Envelope.Notifications.push(notification(id, user), Optional.empty());
    }

    private static Notification notification(String id, String user) {
        return Notification.unseen(id(id), user, Message.of("content"), NOW);
    }

    private static String id(String end) {
        return "0".repeat(24 - end.length()) + end;
    }
}
