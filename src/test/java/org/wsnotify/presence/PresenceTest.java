package org.wsnotify.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.StoreUnavailableException;

class PresenceTest {

    private static final List<String> ANNA = List.of("anna");
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final HandClock time = new HandClock();
    private final MemoryNodeStore nodes = new MemoryNodeStore(time);
    private final MemoryPresenceStore store = new MemoryPresenceStore(this::answer);
    private final Server a = new Server("aaaaaaaa");
    private boolean down;
    private int questions;
    private Runnable during = () -> {};

    private void answer() {
        questions++;
        Runnable now = during;
        during = () -> {};
        now.run();
        if (down) {
            throw new StoreUnavailableException("down");
        }
    }

    @Test
    void usersAreKnownToOthersBeforeTheJoinsGoOn() {
        Server b = new Server("bbbbbbbb");
        List<Presence.Arrival> arrivals = b.presence.arriving(List.of("anna", "ben", "anna"));

        assertThat(arrivals)
                .hasSize(3)
                .allSatisfy(arrival -> assertThat(arrival.known()).isCompleted());
        assertThat(a.presence.whereabouts(ANNA).isOnline("anna")).isTrue();
        assertThat(a.presence.whereabouts(ANNA).nodes("anna")).containsExactly("bbbbbbbb");
    }

    @Test
    void userWhoArrivesDuringAWriteIsWrittenNext() {
        Server b = new Server("bbbbbbbb");
        List<Presence.Arrival> later = new ArrayList<>();
        during = () -> later.add(b.arriving("anna"));

        assertThat(b.arriving("ben").known()).isCompleted();
        assertThat(later.get(0).known()).isNotDone();

        b.tasks.run();
        assertThat(later.get(0).known()).isCompleted();
        assertThat(a.presence.whereabouts(ANNA).isOnline("anna")).isTrue();
    }

    @Test
    void secondSessionOfAUserDoesNotWait() {
        a.join("anna");

        assertThat(a.arriving("anna").known()).isCompleted();
        assertThat(a.tasks.isEmpty()).isTrue();
    }

    @Test
    void userWhoLeavesWhileAnotherSessionArrivesStaysPresent() {
        Server b = new Server("bbbbbbbb");
        b.join("anna");
        Presence.Arrival second = b.arriving("anna");
        b.presence.left("anna", Optional.empty());
        b.tasks.run();
        assertThat(a.presence.whereabouts(ANNA).isOnline("anna")).isTrue();

        b.presence.arrived("anna");
        second.close();
        b.tasks.run();

        assertThat(a.presence.whereabouts(ANNA).isOnline("anna")).isTrue();
    }

    @Test
    void joinThatFailsLeavesNobodyPresent() {
        Server b = new Server("bbbbbbbb");
        try (Presence.Arrival arrival = b.arriving("anna")) {
            b.tasks.run();
            assertThat(arrival.known()).isCompleted();
        }
        b.tasks.run();

        assertThat(a.presence.whereabouts(ANNA).isOnline("anna")).isFalse();
    }

    @Test
    void brokenConnectionIsKnownToOthers() {
        Server b = new Server("bbbbbbbb");
        b.join("anna");
        Instant broke = time.instant();
        b.presence.left("anna", Optional.of(broke));
        b.tasks.run();

        Whereabouts where = a.presence.whereabouts(ANNA);
        assertThat(where.isOnline("anna")).isFalse();
        assertThat(where.brokeAt("anna")).contains(broke);
        assertThat(where.nodes("anna")).isEmpty();
    }

    @Test
    void usersOfAServerThatStopsAreAwaitedForLonger() {
        Server b = new Server("bbbbbbbb");
        b.join("anna");
        Instant stop = time.instant();
        b.writer.stopping();
        b.presence.left("anna", Optional.of(stop));
        b.tasks.run();

        assertThat(a.presence.whereabouts(ANNA).brokeAt("anna").orElseThrow()).isAfterOrEqualTo(stop.plusSeconds(10));
    }

    @Test
    void usersOfADeadServerAreOfflineButStillTold() {
        Server b = new Server("bbbbbbbb");
        b.join("anna");
        time.pass(LEASE.plusSeconds(1));

        Whereabouts where = a.presence.whereabouts(ANNA);
        assertThat(where.isOnline("anna")).isFalse();
        assertThat(where.nodes("anna")).containsExactly("bbbbbbbb");
    }

    @Test
    void arrivalFailsWhileTheStoreIsDownAndTheStateIsWrittenLater() {
        Server b = new Server("bbbbbbbb");
        down = true;
        Presence.Arrival arrival = b.arriving("anna");
        b.tasks.run();
        assertThat(arrival.known()).isCompletedExceptionally();
        assertThatThrownBy(() -> a.presence.whereabouts(ANNA)).isInstanceOf(StoreUnavailableException.class);

        b.presence.arrived("anna");
        down = false;
        b.tasks.run();

        assertThat(a.presence.whereabouts(ANNA).isOnline("anna")).isTrue();
    }

    @Test
    void usersAreWrittenAfterATimeWithoutThreads() {
        Server b = new Server("bbbbbbbb");
        b.join("anna");
        b.tasks.noThreads = true;
        b.presence.left("anna", Optional.empty());
        b.tasks.noThreads = false;

        assertThat(b.arriving("ben").known()).isCompleted();
        assertThat(a.presence.whereabouts(ANNA).isOnline("anna")).isFalse();
    }

    @Test
    void nobodyArrivesBeforeTheServerIsOpen() {
        Server closed = new Server("cccccccc", false);

        assertThat(closed.arriving("anna").known()).isCompletedExceptionally();
    }

    @Test
    void everybodyIsWrittenAgainUnderANewId() {
        Server b = new Server("bbbbbbbb");
        b.join("anna");
        b.id = "dddddddd";
        nodes.register("dddddddd", LEASE);
        b.writer.writeAgain();
        b.tasks.run();
        time.pass(Nodes.FRESH);

        assertThat(a.presence.whereabouts(ANNA).nodes("anna")).contains("dddddddd");
    }

    @Test
    void nobodyArrivesUnderANewIdBeforeTheOthersKnowIt() {
        Server b = new Server("bbbbbbbb");
        b.id = "dddddddd";
        assertThat(b.arriving("anna").known()).isCompletedExceptionally();

        b.presence.open();
        Presence.Arrival arrival = b.arriving("anna");
        b.tasks.run();

        assertThat(arrival.known()).isCompleted();
    }

    @Test
    void serverAloneForAMinuteAsksNothing() {
        assertThat(a.presence.isAlone()).isFalse();
        time.pass(LONG);
        a.nodes.refresh();
        questions = 0;

        assertThat(a.presence.isAlone()).isTrue();
        assertThat(a.presence.whereabouts(List.of("anna", "ben")).isOnline("anna"))
                .isFalse();
        assertThat(questions).isZero();
    }

    @Test
    void serverIsNotAloneForAMinuteAfterAnotherHasGone() {
        time.pass(LONG);
        nodes.register("bbbbbbbb", LEASE);
        a.nodes.refresh();
        nodes.remove("bbbbbbbb");
        time.pass(Duration.ofSeconds(30));
        a.nodes.refresh();
        assertThat(a.presence.isAlone()).isFalse();

        time.pass(Duration.ofSeconds(31));
        a.nodes.refresh();
        assertThat(a.presence.isAlone()).isTrue();
    }

    @Test
    void knowledgeThatIsOldIsReadAgain() {
        time.pass(LONG);
        a.nodes.refresh();
        assertThat(a.presence.isAlone()).isTrue();
        Server b = new Server("bbbbbbbb");
        b.join("anna");
        time.pass(Nodes.FRESH);

        assertThat(a.presence.isAlone()).isFalse();
        assertThat(a.presence.whereabouts(ANNA).isOnline("anna")).isTrue();
    }

    @Test
    void manyUsersAreWrittenInBatches() {
        Server b = new Server("bbbbbbbb");
        List<Presence.Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            arrivals.add(b.arriving("user" + i));
        }
        b.tasks.run();

        assertThat(arrivals).allMatch(arrival -> arrival.known().isDone());
        assertThat(store.where(Set.of("user0", "user2499"))).hasSize(2);
    }

    private final class Server {
        private String id;
        private final Tasks tasks = new Tasks();
        private final Nodes nodes;
        private final PresenceWriter writer;
        private final Presence presence;

        Server(String id) {
            this(id, true);
        }

        Server(String id, boolean open) {
            this.id = id;
            StoreClock clock = new StoreClock(time, PresenceTest.this.nodes::time, this::nanos);
            nodes = new Nodes(() -> this.id, PresenceTest.this.nodes, this::nanos);
            writer = new PresenceWriter(() -> this.id, store, clock, tasks);
            presence = new Presence(() -> this.id, store, nodes, writer);
            PresenceTest.this.nodes.register(id, LEASE);
            if (open) {
                presence.open();
            }
        }

        private long nanos() {
            return Duration.between(Instant.EPOCH, time.instant()).toNanos();
        }

        Presence.Arrival arriving(String user) {
            return presence.arriving(List.of(user)).get(0);
        }

        void join(String user) {
            try (Presence.Arrival arrival = arriving(user)) {
                tasks.run();
                assertThat(arrival.known()).isCompleted();
                presence.arrived(user);
            }
        }
    }

    /** Runs tasks when a test says so. Never starts a thread. */
    private static final class Tasks extends ScheduledThreadPoolExecutor {
        private List<Runnable> waiting = new ArrayList<>();
        private boolean noThreads;

        Tasks() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            if (noThreads) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            waiting.add(command);
            return null;
        }

        boolean isEmpty() {
            return waiting.isEmpty();
        }

        /** Runs what waits, and what follows at once; no more than a store that is down needs. */
        void run() {
            for (int round = 0; round < 10 && !waiting.isEmpty(); round++) {
                List<Runnable> now = waiting;
                waiting = new ArrayList<>();
                now.forEach(Runnable::run);
            }
        }
    }
}
