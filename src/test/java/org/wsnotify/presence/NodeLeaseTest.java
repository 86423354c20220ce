package org.wsnotify.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.StoreUnavailableException;

class NodeLeaseTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final HandClock time = new HandClock();
    private boolean down;
    private final MemoryNodeStore store = new MemoryNodeStore(time, this::answer);
    private final MemoryPresenceStore presence = new MemoryPresenceStore(this::answer);

    private void answer() {
        if (down) {
            throw new StoreUnavailableException("down");
        }
    }

    @Test
    void aloneServerTakesUsersAtOnceAndASecondOneWaits() {
        assertThat(new Server().lease.begin()).isZero();
        assertThat(new Server().lease.begin()).isEqualTo(Nodes.WARM_UP);
    }

    @Test
    void leaseIsRenewedThreeTimesInItsLength() {
        Server server = started();
        Server other = started();

        for (int second = 0; second < 60; second++) {
            time.pass(Duration.ofSeconds(1));
            server.lease.beat();
        }

        assertThat(other.look()).extracting(Node::live).containsExactly(true);
    }

    @Test
    void deadServerIsNoticedOnceWhenItsLeaseEnds() {
        Server survivor = started();
        Server dead = started();
        survivor.lease.beat();

        survivor.beats(14);
        assertThat(survivor.vanished).isEmpty();
        survivor.beats(10);

        assertThat(survivor.vanished).containsExactly(dead.self.get());
        assertThat(survivor.heardOf)
                .isBetween(time.instant().minusSeconds(40), time.instant().minusSeconds(20));
    }

    @Test
    void listenerThatFailsIsToldAgain() {
        Server survivor = started();
        Server dead = started();
        survivor.lease.beat();
        survivor.beats(14);
        survivor.failing = true;

        assertThatThrownBy(() -> survivor.beats(2)).isInstanceOf(StoreUnavailableException.class);
        survivor.failing = false;
        survivor.beats(1);

        assertThat(survivor.vanished).containsExactly(dead.self.get());
    }

    @Test
    void serverThatWasStoppedForAMinuteComesBack() {
        Server survivor = started();
        Server stopped = started();
        String id = stopped.self.get();
        survivor.beats(60);

        stopped.lease.beat();

        assertThat(stopped.self.get()).isEqualTo(id);
        assertThat(stopped.renamed).isZero();
        assertThat(survivor.look()).extracting(Node::live).containsExactly(true);
    }

    @Test
    void serverThatWasStoppedForThreeMinutesGetsANewId() {
        Server survivor = started();
        Server stopped = started();
        String id = stopped.self.get();
        presence.write(id, Map.of("anna", new PresenceState.Online(Instant.EPOCH)));
        survivor.beats(180);
        assertThat(presence.where(Set.of("anna"))).isEmpty();

        stopped.lease.beat();

        assertThat(stopped.self.get()).isNotEqualTo(id);
        assertThat(stopped.renamed).isEqualTo(1);
        assertThat(survivor.look()).extracting(Node::id).containsExactly(stopped.self.get());
    }

    @Test
    void serverThatStopsIsGoneAtOnceAndNotAudited() {
        Server survivor = started();
        Server stopping = started();
        survivor.lease.beat();
        presence.write(stopping.self.get(), Map.of("anna", new PresenceState.Online(Instant.EPOCH)));

        stopping.lease.end();
        survivor.beats(30);

        assertThat(survivor.look()).isEmpty();
        assertThat(survivor.vanished).isEmpty();
        assertThat(presence.where(Set.of("anna"))).isEmpty();
    }

    @Test
    void entriesOfServersThatAllDiedAreSweptAtTheNextStart() {
        presence.write("deadbeef", Map.of("anna", new PresenceState.Online(Instant.EPOCH)));

        started();

        assertThat(presence.nodes()).isEmpty();
    }

    @Test
    void storeThatIsDownForLongCostsNoSession() {
        Server server = started();
        Server other = started();
        down = true;
        time.pass(Duration.ofMinutes(5));
        assertThatThrownBy(server.lease::beat).isInstanceOf(StoreUnavailableException.class);
        down = false;

        server.lease.beat();
        other.lease.beat();

        assertThat(server.renamed + other.renamed).isZero();
    }

    @Test
    void aTakenIdIsNotUsed() {
        Server first = started();
        Server second = new Server();
        store.register(second.self.get(), LEASE);

        second.lease.begin();

        assertThat(store.nodes()).extracting(Node::id).contains(first.self.get(), second.self.get());
        assertThat(store.nodes()).hasSize(3);
    }

    private Server started() {
        Server server = new Server();
        server.lease.begin();
        return server;
    }

    private final class Server implements NodeListener {
        private final ThisNode self = new ThisNode();
        private final Nodes nodes = new Nodes(self, store, this::nanos);
        private final NodeLease lease = new NodeLease(
                self,
                store,
                presence,
                nodes,
                new StoreClock(time, store::time, this::nanos),
                LEASE,
                Map::of,
                this,
                this::nanos);
        private final List<String> vanished = new ArrayList<>();
        private Instant heardOf;
        private int renamed;
        private boolean failing;

        private long nanos() {
            return Duration.between(Instant.EPOCH, time.instant()).toNanos();
        }

        void beats(int seconds) {
            for (int second = 0; second < seconds; second++) {
                time.pass(Duration.ofSeconds(1));
                lease.beat();
            }
        }

        List<Node> look() {
            return nodes.refresh();
        }

        @Override
        public void seen(List<Node> others) {}

        @Override
        public void vanished(String node, Instant heardOf) {
            if (failing) {
                throw new StoreUnavailableException("down");
            }
            vanished.add(node);
            this.heardOf = heardOf;
        }

        @Override
        public void renamed() {
            renamed++;
        }
    }
}
