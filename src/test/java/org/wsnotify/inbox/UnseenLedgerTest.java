package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UnseenLedgerTest {

    private int queries;
    private Supplier<UnseenCounts> stored = () -> UnseenCounts.NONE;
    private final UnseenLedger ledger = new UnseenLedger(storeThatCounts(), 1000);

    @Test
    void publicationsAddToWhatTheStoreSaidWithoutAskingItAgain() {
        stored = () -> new UnseenCounts(1, Map.of("a", 1), false);
        ledger.refresh("anna");

        try (var change = ledger.begin(List.of("anna"))) {
            assertThat(change.published("anna", "a")).contains(new UnseenCounts(2, Map.of("a", 2), false));
            assertThat(change.published("anna", "b")).contains(new UnseenCounts(3, Map.of("a", 2, "b", 1), false));
        }
        assertThat(queries).isEqualTo(1);
    }

    @Test
    void aUserWhoWasNotKnownWhenTheChangeBeganHasNoCounts() {
        try (var change = ledger.begin(List.of("anna"))) {
            ledger.refresh("anna");
            assertThat(change.published("anna", "a")).isEmpty();
        }
    }

    @Test
    void aReadingThatAChangeOverlapsIsNotCertainAndNotKept() {
        ledger.refresh("anna");
        try (var change = ledger.begin(List.of("anna"))) {
            assertThat(ledger.refresh("anna").certain()).isFalse();
            assertThat(change.published("anna", "a")).isEmpty();
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
    void countsStopAtTheCap() {
        UnseenCounts atCap = UnseenCounts.of(List.of("a", "a", "b"), 3);
        assertThat(atCap).isEqualTo(new UnseenCounts(3, Map.of("a", 2, "b", 1), false));
        assertThat(atCap.plus("a", 3)).isEqualTo(new UnseenCounts(3, Map.of("a", 2, "b", 1), true));
        assertThat(UnseenCounts.of(List.of("a", "a", "b", "b"), 3).capped()).isTrue();
    }

    private NotificationStore storeThatCounts() {
        return (NotificationStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NotificationStore.class}, (proxy, method, arguments) -> {
                    queries++;
                    return stored.get();
                });
    }
}
