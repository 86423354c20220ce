package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.UnseenCounts;

class UnseenLedgerTest {

    private int queries;
    private Supplier<UnseenCounts> stored = () -> UnseenCounts.NONE;
    private final UnseenLedger ledger = new UnseenLedger(storeThatCounts(), 10_000);

    @Test
    void publicationsAddToWhatTheStoreSaidWithoutAskingItAgain() {
        stored = () -> new UnseenCounts(1, Map.of("a", 1), false);
        ledger.refresh("anna");

        try (var change = ledger.begin(List.of("anna"))) {
            assertThat(published(change, "a")).contains(new UnseenCounts(2, Map.of("a", 2), false));
            assertThat(published(change, "b")).contains(new UnseenCounts(3, Map.of("a", 2, "b", 1), false));
        }
        assertThat(queries).isEqualTo(1);
    }

    @Test
    void aUserWhoWasNotKnownWhenTheChangeBeganHasNoCounts() {
        try (var change = ledger.begin(List.of("anna"))) {
            ledger.refresh("anna");
            assertThat(published(change, "a")).isEmpty();
        }
    }

    @Test
    void aReadingThatAChangeOverlapsIsNotCertainAndNotKept() {
        ledger.refresh("anna");
        try (var change = ledger.begin(List.of("anna"))) {
            assertThat(ledger.refresh("anna").certain()).isFalse();
            assertThat(published(change, "a")).isEmpty();
        }
        assertThat(ledger.refresh("anna").certain()).isTrue();
    }

    @Test
    void aReadingDuringWhichAChangeBeganAndEndedIsRepeated() {
        boolean[] first = {true};
        stored = () -> {
            if (first[0]) {
                first[0] = false;
                ledger.begin(List.of("anna")).close();
                return UnseenCounts.NONE;
            }
            return new UnseenCounts(1, Map.of("a", 1), false);
        };

        UnseenLedger.Reading reading = ledger.refresh("anna");

        assertThat(reading.certain()).isTrue();
        assertThat(reading.counts().total()).isEqualTo(1);
        assertThat(queries).isEqualTo(2);
    }

    @Test
    void whoeverIsNotOnlineIsForgotten() {
        ledger.refresh("anna");
        ledger.refresh("ben");

        ledger.retain("anna"::equals);

        assertThat(ledger.size()).isEqualTo(1);
    }

    @Test
    void whoeverIsNotOnlineIsKeptWhileAChangeIsUnderWay() {
        ledger.refresh("anna");
        UnseenLedger.Change change = ledger.begin(List.of("anna"));
        ledger.retain(user -> false);
        assertThat(ledger.refresh("anna").certain()).isFalse();

        change.close();
        ledger.retain(user -> false);
        assertThat(ledger.size()).isZero();
    }

    @Test
    void countsThatAreNotCertainAreToldAsUnknown() {
        List<Optional<UnseenCounts>> told = new ArrayList<>();
        stored = () -> new UnseenCounts(1, Map.of("a", 1), false);
        ledger.refresh("anna");
        UnseenLedger.Change change = ledger.begin(List.of("anna"));
        assertThat(ledger.tell("anna", told::add).certain()).isFalse();
        change.close();
        assertThat(ledger.tell("anna", told::add).certain()).isTrue();
        assertThat(told).containsExactly(Optional.empty(), Optional.of(stored.get()));
    }

    /** Two publishers, and somebody who reads in between: whoever is told last is told the truth. */
    @Test
    void countsAreToldInTheOrderInWhichTheyWereTrue() throws InterruptedException {
        ledger.refresh("anna");
        List<Integer> told = Collections.synchronizedList(new ArrayList<>());
        int each = 2000;
        List<Thread> publishers = Stream.generate(() -> new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        try (var change = ledger.begin(List.of("anna"))) {
                            change.published(
                                    "anna",
                                    "a",
                                    counts -> told.add(counts.orElseThrow().total()));
                        }
                    }
                }))
                .limit(2)
                .toList();
        publishers.forEach(Thread::start);
        for (Thread publisher : publishers) {
            publisher.join();
        }
        assertThat(told).isSorted().hasSize(2 * each);
    }

    @Test
    void countsStopAtTheCap() {
        UnseenCounts atCap = UnseenCounts.of(List.of("a", "a", "b"), 3);
        assertThat(atCap).isEqualTo(new UnseenCounts(3, Map.of("a", 2, "b", 1), false));
        assertThat(atCap.plus("a", 3)).isEqualTo(new UnseenCounts(3, Map.of("a", 2, "b", 1), true));
        assertThat(UnseenCounts.of(List.of("a", "a", "b", "b"), 3).capped()).isTrue();
    }

    private static Optional<UnseenCounts> published(UnseenLedger.Change change, String type) {
        List<Optional<UnseenCounts>> told = new ArrayList<>();
        change.published("anna", type, told::add);
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private NotificationStore storeThatCounts() {
        return (NotificationStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NotificationStore.class}, (proxy, method, arguments) -> {
                    queries++;
                    return stored.get();
                });
    }
}
