package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.UnseenCounts;

class UnseenTallyTest {

    private final UnseenTally tally = new UnseenTally(100);

    @Test
    void countsAreUnknownBeforeTheFirstReading() {
        tally.add(id(1), "a");

        assertThat(tally.counts()).isEmpty();
    }

    @Test
    void publicationsAddToTheReading() {
        install(reading(id(1)));

        tally.add(id(2), "a");
        tally.add(id(3), "b");

        assertThat(tally.counts()).contains(new UnseenCounts(3, Map.of("a", 2, "b", 1), false));
    }

    @Test
    void idInTheReadingIsNotCountedAgain() {
        install(reading(id(2), id(1)));

        tally.add(id(2), "a");
        tally.add(id(3), "a");
        tally.add(id(3), "a");

        assertThat(tally.counts().orElseThrow().total()).isEqualTo(3);
    }

    @Test
    void idThatMayBeCountedAlreadyMakesTheCountsUnknown() {
        install(fullReading());

        tally.add(id(1), "a");

        assertThat(tally.counts()).isEmpty();
    }

    @Test
    void oldestIdThatIsKeptIsNotCountedAgain() {
        install(fullReading());

        tally.add(id(1000 - UnseenReading.NEWEST + 1), "a");

        assertThat(tally.counts().orElseThrow().total()).isEqualTo(UnseenReading.NEWEST);
    }

    @Test
    void afterAReadingThatHasAllAnOldIdIsCounted() {
        install(fullReading());
        install(reading(id(1000)));

        tally.add(id(1), "a");

        assertThat(tally.counts().orElseThrow().total()).isEqualTo(2);
    }

    @Test
    void afterManyPublicationsAnOldIdMakesTheCountsUnknown() {
        install(UnseenReading.NONE);
        tally.add(id(1000), "a");
        tally.add(id(999), "a"); // out of order, and counted
        IntStream.range(0, UnseenReading.NEWEST).forEach(i -> tally.add(id(1001 + i), "a"));
        assertThat(tally.counts().orElseThrow().total()).isEqualTo(UnseenReading.NEWEST + 2);

        tally.add(id(1001), "a");
        assertThat(tally.counts().orElseThrow().total()).isEqualTo(UnseenReading.NEWEST + 2);

        tally.add(id(1000), "a");
        assertThat(tally.counts()).as("it is not kept any more").isEmpty();
    }

    @Test
    void publicationsDuringAReadingAreAddedToIt() {
        install(UnseenReading.NONE);
        int start = tally.beginReading();
        tally.add(id(1), "a");
        tally.add(id(2), "a");

        tally.install(reading(id(1)), start);
        tally.endReading();

        assertThat(tally.counts().orElseThrow().total()).isEqualTo(2);
    }

    @Test
    void onlyTheNewestIdsAreRemembered() {
        install(UnseenReading.NONE);
        for (int i = 1; i <= UnseenReading.NEWEST + 1; i++) {
            tally.add(id(i), "a");
        }
        assertThat(tally.counts().orElseThrow().total()).isEqualTo(UnseenReading.NEWEST + 1);

        tally.add(id(1), "a");

        assertThat(tally.counts()).isEmpty();
    }

    @Test
    void countsStopAtTheCap() {
        UnseenReading.Collector atCap = new UnseenReading.Collector(3);
        assertThat(atCap.add(id(3), "a")).isTrue();
        assertThat(atCap.add(id(2), "a")).isTrue();
        assertThat(atCap.add(id(1), "b")).isTrue();
        UnseenCounts counts = atCap.reading().counts();
        assertThat(counts).isEqualTo(new UnseenCounts(3, Map.of("a", 2, "b", 1), false));
        assertThat(counts.plus("a", 3)).isEqualTo(new UnseenCounts(3, Map.of("a", 2, "b", 1), true));

        assertThat(atCap.add(id(0), "b")).isFalse();
        assertThat(atCap.reading().counts().capped()).isTrue();
        assertThat(atCap.reading().counts().total()).isEqualTo(3);
    }

    private void install(UnseenReading reading) {
        tally.install(reading, tally.beginReading());
        tally.endReading();
    }

    /** Has as many as a reading has at most, down to one whose id is above 900. */
    private static UnseenReading fullReading() {
        return reading(IntStream.range(0, UnseenReading.NEWEST)
                .mapToObj(i -> id(1000 - i))
                .toArray(String[]::new));
    }

    private static UnseenReading reading(String... newest) {
        return new UnseenReading(new UnseenCounts(newest.length, Map.of("a", newest.length), false), List.of(newest));
    }

    private static String id(int number) {
        return String.format("%024x", number);
    }
}
