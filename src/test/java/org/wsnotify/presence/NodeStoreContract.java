package org.wsnotify.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.Race;

/** The tests that every {@link NodeStore} passes. */
public abstract class NodeStoreContract {

    private static final String A = "0000000a";
    private static final String B = "0000000b";
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration A_WHILE = Duration.ofMillis(5);

    private NodeStore store;

    /** Opens the store under test, empty. Called once before each test. */
    protected abstract NodeStore emptyStore() throws Exception;

    /** Returns when at least so much time has passed by the clock of the store. */
    protected abstract void letPass(Duration time);

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @Test
    void aNewStoreHasNoNodes() {
        assertThat(store.nodes()).isEmpty();
    }

    @Test
    void aRegisteredNodeIsLiveAndHasSentNothing() {
        assertThat(store.register(A, LONG)).isTrue();
        assertThat(store.register(B, LONG)).isTrue();

        assertThat(store.nodes()).containsExactlyInAnyOrder(new Node(A, true, Map.of()), new Node(B, true, Map.of()));
    }

    @Test
    void anIdIsGivenToOneNodeOnly() {
        store.register(A, LONG);
        store.renew(A, LONG, Map.of(B, 7L));

        assertThat(store.register(A, SHORT)).isFalse();

        letPass(A_WHILE);
        assertThat(store.nodes()).containsExactly(new Node(A, true, Map.of(B, 7L)));
    }

    @Test
    void anIdIsGivenToOneNodeOnlyEvenWhenItsLeaseHasEnded() {
        store.register(A, SHORT);
        letPass(A_WHILE);

        assertThat(store.register(A, LONG)).isFalse();

        assertThat(store.nodes()).containsExactly(new Node(A, false, Map.of()));
    }

    @Test
    void ofManyNodesThatWantAnIdOneGetsIt() {
        assertThat(Race.of(8, () -> store.register(A, LONG)).stream().filter(got -> got))
                .hasSize(1);
        assertThat(store.nodes()).containsExactly(new Node(A, true, Map.of()));
    }

    @Test
    void aNodeStaysRegisteredAfterItsLease() {
        store.register(A, SHORT);
        store.register(B, LONG);

        letPass(A_WHILE);

        assertThat(store.nodes()).containsExactlyInAnyOrder(new Node(A, false, Map.of()), new Node(B, true, Map.of()));
    }

    @Test
    void aRenewalExtendsALeaseThatHolds() {
        store.register(A, LONG);

        assertThat(store.renew(A, SHORT, Map.of())).isTrue();
        letPass(A_WHILE);
        assertThat(store.nodes()).containsExactly(new Node(A, false, Map.of()));
    }

    @Test
    void aRenewalRevivesANodeWhoseLeaseHasEnded() {
        store.register(A, SHORT);
        letPass(A_WHILE);

        assertThat(store.renew(A, LONG, Map.of())).isTrue();

        assertThat(store.nodes()).containsExactly(new Node(A, true, Map.of()));
    }

    @Test
    void aRenewalTellsHowMuchWasSent() {
        store.register(A, LONG);
        store.renew(A, LONG, Map.of(B, 1L, "0000000c", 1L << 40));

        assertThat(store.nodes()).containsExactly(new Node(A, true, Map.of(B, 1L, "0000000c", 1L << 40)));

        store.renew(A, LONG, Map.of("0000000d", 2L));

        assertThat(store.nodes()).containsExactly(new Node(A, true, Map.of("0000000d", 2L)));
    }

    @Test
    void aNodeThatIsNotRegisteredCannotRenew() {
        assertThat(store.renew(A, LONG, Map.of(B, 1L))).isFalse();

        assertThat(store.nodes()).isEmpty();
    }

    @Test
    void aRemovedNodeIsGoneAndItsIdIsFree() {
        store.register(A, LONG);
        store.register(B, LONG);
        store.renew(A, LONG, Map.of(B, 1L));

        store.remove(A);
        store.remove(A);

        assertThat(store.nodes()).extracting(Node::id).containsExactly(B);
        assertThat(store.renew(A, LONG, Map.of())).isFalse();
        assertThat(store.register(A, LONG)).isTrue();
        assertThat(store.nodes()).contains(new Node(A, true, Map.of()));
    }

    @Test
    void aLiveNodeIsNotRemovedAsExpired() {
        store.register(A, LONG);

        assertThat(store.removeExpired(A, Duration.ZERO)).isFalse();

        assertThat(store.nodes()).hasSize(1);
    }

    @Test
    void aNodeWhoseLeaseEndedAMomentAgoIsNotRemoved() {
        store.register(A, SHORT);
        letPass(A_WHILE);

        assertThat(store.removeExpired(A, LONG)).isFalse();

        assertThat(store.nodes()).hasSize(1);
    }

    @Test
    void aNodeWhoseLeaseEndedLongAgoIsRemoved() {
        store.register(A, SHORT);
        store.register(B, SHORT);
        letPass(A_WHILE.multipliedBy(2));

        assertThat(store.removeExpired(A, A_WHILE)).isTrue();
        assertThat(store.removeExpired(A, A_WHILE)).isTrue();

        assertThat(store.nodes()).extracting(Node::id).containsExactly(B);
        assertThat(store.renew(A, LONG, Map.of())).isFalse();
    }

    @Test
    void ofARenewalAndARemovalOneWins() {
        for (int round = 0; round < 20; round++) {
            String node = "000000%02x".formatted(round);
            store.register(node, SHORT);
            letPass(A_WHILE);

            boolean renewed = Collections.frequency(
                            Race.of(
                                    2,
                                    thread -> () -> thread == 0
                                            ? store.renew(node, LONG, Map.of())
                                            : !store.removeExpired(node, Duration.ZERO)),
                            true)
                    == 2;

            assertThat(store.nodes().stream().anyMatch(other -> other.id().equals(node)))
                    .isEqualTo(renewed);
        }
    }

    @Test
    void theTimeOfTheStorePasses() {
        Instant before = store.time();

        letPass(A_WHILE);

        assertThat(store.time()).isAfterOrEqualTo(before.plus(A_WHILE));
    }
}
