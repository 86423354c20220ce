package org.wsnotify.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.Race;

/** The tests that every {@link PresenceStore} passes. */
public abstract class PresenceStoreContract {

    private static final String A = "0000000a";
    private static final String B = "0000000b";
    private static final String ANNA = "anna";
    private static final String BEN = "ben";

    /** No store has forgotten it yet. */
    private static final Instant NOW = Instant.parse("2126-03-04T05:06:07.089Z");

    private static final PresenceState ONLINE = new PresenceState.Online(NOW);
    private static final PresenceState BROKE = new PresenceState.Broke(NOW.plusMillis(1));
    private static final PresenceState GONE = new PresenceState.Gone();

    private PresenceStore store;

    /** Opens the store under test, empty. Called once before each test. */
    protected abstract PresenceStore emptyStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @Test
    void usersWhoAreNowhereAreMissing() {
        store.write(A, Map.of(BEN, ONLINE));

        assertThat(store.where(List.of(ANNA))).isEmpty();
        assertThat(store.where(List.of())).isEmpty();
        assertThat(store.where(List.of(ANNA, BEN))).containsOnlyKeys(BEN);
    }

    @Test
    void usersAreFoundOnAllTheirNodes() {
        store.write(A, Map.of(ANNA, ONLINE, BEN, BROKE));
        store.write(B, Map.of(ANNA, BROKE));

        Map<String, List<Place>> places = store.where(Set.of(ANNA, BEN));

        assertThat(places).containsOnlyKeys(ANNA, BEN);
        assertThat(places.get(ANNA)).containsExactlyInAnyOrder(new Place(A, ONLINE), new Place(B, BROKE));
        assertThat(places.get(BEN)).containsExactly(new Place(A, BROKE));
    }

    @Test
    void theLastStateOfAUserCounts() {
        PresenceState later = new PresenceState.Online(NOW.plusMillis(5));
        for (PresenceState state : List.of(ONLINE, BROKE, later, ONLINE, BROKE)) {
            store.write(A, Map.of(ANNA, state));

            assertThat(store.where(List.of(ANNA))).isEqualTo(Map.of(ANNA, List.of(new Place(A, state))));
        }

        store.write(A, Map.of(ANNA, GONE));

        assertThat(store.where(List.of(ANNA))).isEmpty();
    }

    @Test
    void aUserWhoIsGoneFromOneNodeStaysOnAnother() {
        store.write(A, Map.of(ANNA, ONLINE));
        store.write(B, Map.of(ANNA, ONLINE));

        store.write(A, Map.of(ANNA, GONE));

        assertThat(store.where(List.of(ANNA))).isEqualTo(Map.of(ANNA, List.of(new Place(B, ONLINE))));
    }

    @Test
    void writingTheSameAgainChangesNothing() {
        Map<String, PresenceState> states = Map.of(ANNA, ONLINE, BEN, BROKE, "cleo", GONE);
        store.write(A, states);
        store.write(A, states);

        assertThat(store.where(List.of(ANNA, BEN, "cleo")))
                .isEqualTo(Map.of(ANNA, List.of(new Place(A, ONLINE)), BEN, List.of(new Place(A, BROKE))));
    }

    @Test
    void writingNothingDoesNothing() {
        store.write(A, Map.of());

        assertThat(store.nodes()).isEmpty();
    }

    @Test
    void oneWriteCanContainAThousandUsersOfEveryState() {
        Map<String, PresenceState> before = new HashMap<>();
        Map<String, PresenceState> states = new HashMap<>();
        PresenceState[] all = {ONLINE, BROKE, GONE};
        for (int i = 0; i < 1000; i++) {
            before.put("u" + i, all[(i / 3) % 3]);
            states.put("u" + i, all[i % 3]);
        }
        store.write(A, before);

        store.write(A, states);

        Map<String, List<Place>> expected = new HashMap<>();
        states.forEach((user, state) -> expected.put(user, List.of(new Place(A, state))));
        expected.values().removeIf(places -> places.get(0).state().equals(GONE));
        assertThat(store.where(states.keySet())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "a:b", "0000000b:anna", "a;", "/", "$user", "a.b", "日本語\uD83D\uDD14", " x ", "\u0000y"})
    void aUserIdMayContainAnything(String user) {
        store.write(A, Map.of(user, ONLINE, ANNA, ONLINE));
        store.write(B, Map.of(user, BROKE));

        assertThat(store.where(List.of(user)).get(user))
                .containsExactlyInAnyOrder(new Place(A, ONLINE), new Place(B, BROKE));
        assertThat(store.nodes()).isEqualTo(Set.of(A, B));

        store.forget(A);

        assertThat(store.where(List.of(user, ANNA))).isEqualTo(Map.of(user, List.of(new Place(B, BROKE))));
        store.write(B, Map.of(user, GONE));
        assertThat(store.where(List.of(user))).isEmpty();
    }

    @Test
    void userIdsDifferInCase() {
        store.write(A, Map.of(ANNA, ONLINE));

        assertThat(store.where(List.of("Anna"))).isEmpty();
    }

    @Test
    void tenThousandUsersAreAskedForTogether() {
        List<String> users =
                IntStream.range(0, 10_000).mapToObj(i -> "user:" + i).toList();
        Map<String, PresenceState> states = new HashMap<>();
        for (int i = 0; i < 10_000; i += 20) {
            states.put(users.get(i), ONLINE);
        }
        store.write(A, states);
        store.write(B, states);
        List<String> asked = new ArrayList<>(users);
        asked.addAll(users.subList(0, 10));

        Map<String, List<Place>> places = store.where(asked);

        assertThat(places).containsOnlyKeys(states.keySet().toArray(String[]::new));
        assertThat(places.values())
                .allSatisfy(
                        all -> assertThat(all).containsExactlyInAnyOrder(new Place(A, ONLINE), new Place(B, ONLINE)));
    }

    @Test
    void nodesWithEntriesAreListed() {
        List<String> all = List.of("00000000", "00000001", "0000000a", "7fffffff", "80000000", "ffffffff");
        all.forEach(node -> store.write(node, Map.of(ANNA, ONLINE, BEN, ONLINE, "zoe", BROKE)));

        Set<String> nodes = store.nodes();

        assertThat(nodes).isEqualTo(Set.copyOf(all));
        nodes.removeAll(all);
        assertThat(store.nodes()).hasSize(6);
        store.write("7fffffff", Map.of(ANNA, GONE, BEN, GONE, "zoe", GONE));
        assertThat(store.nodes()).hasSize(5).doesNotContain("7fffffff");
    }

    @Test
    void forgettingANodeRemovesItsUsersExceptThoseWhoseSessionBroke() {
        store.write("00000009", Map.of(ANNA, ONLINE));
        store.write(A, Map.of(ANNA, ONLINE, BEN, BROKE));
        store.write(B, Map.of(ANNA, ONLINE));

        store.forget(A);
        store.forget(A);
        store.forget("0000000c");

        assertThat(store.where(List.of(ANNA)).get(ANNA))
                .containsExactlyInAnyOrder(new Place("00000009", ONLINE), new Place(B, ONLINE));
        assertThat(store.where(List.of(BEN)).get(BEN)).containsExactly(new Place(A, BROKE));
    }

    @Test
    void nodesWriteAtTheSameTime() {
        Race.of(6, thread -> () -> {
            for (int round = 0; round < 20; round++) {
                store.write("0000000" + thread, Map.of(ANNA, round % 2 == 0 ? BROKE : ONLINE, BEN, GONE));
            }
            return null;
        });

        assertThat(store.where(List.of(ANNA, BEN)).get(ANNA))
                .hasSize(6)
                .allSatisfy(place -> assertThat(place.state()).isEqualTo(ONLINE));
    }
}
