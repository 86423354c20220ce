package org.wsnotify.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;

class NotificationIdsTest {

    @Test
    void firstIdOfATimeThatIdsCannotHaveIsTheNearest() {
        assertThat(NotificationIds.firstAt(Instant.parse("1926-01-01T00:00:00Z")))
                .isEqualTo("0".repeat(24));
        assertThat(NotificationIds.firstAt(Instant.parse("2300-01-01T00:00:00Z")))
                .isEqualTo("ffffffff" + "0".repeat(16));
        assertThat(NotificationIds.firstAt(Instant.ofEpochSecond(0x6b0212aaL))).startsWith("6b0212aa");
    }

    @Test
    void scheduledIdsSortAmongThoseOfTheirTimeAndAreNeverTheSame() {
        Instant later = Instant.parse("2026-03-04T05:06:07.089Z");
        NotificationIds now =
                new NotificationIds(Clock.fixed(later.minusSeconds(99), ZoneOffset.UTC), () -> "c0ffee01");
        List<String> scheduled = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            scheduled.add(now.reserveAt(later, 50_000));
        }
        NotificationIds then = new NotificationIds(Clock.fixed(later, ZoneOffset.UTC), () -> "c0ffee01");
        String before = now.reserve(1);
        String same = then.reserve(NotificationIds.MAX_RESERVATION);
        String last = NotificationIds.plus(same, NotificationIds.MAX_RESERVATION - 1);

        assertThat(scheduled).doesNotHaveDuplicates().allMatch(id -> id.compareTo(before) > 0);
        assertThat(last.compareTo(scheduled.get(0))).isNegative();
        Set<String> all = new HashSet<>(scheduled);
        assertThat(scheduled.stream().map(id -> NotificationIds.plus(id, 49_999)))
                .noneMatch(all::contains);
        assertThat(scheduled).allMatch(id -> NotificationIds.scheduledFor(id).equals(Optional.of(later)));
        assertThat(List.of(before, same, last)).noneMatch(NotificationIds::isScheduled);
        assertThat(NotificationIds.createdAt(scheduled.get(0))).isEqualTo(later.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Many publications, for few times close to each other: the sequence begins anew more than ten times. */
    @Test
    void noTwoReservationsShareAnIdHoweverManyAreScheduled() {
        Random random = new Random(1);
        Map<String, TreeMap<Long, Integer>> reserved = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            int count = 1 + random.nextInt(50_000);
            Instant time = clock.instant().plusMillis(random.nextInt(20));
            String first = random.nextInt(10) == 0 ? ids.reserve(count) : ids.reserveAt(time, count);
            TreeMap<Long, Integer> ofNode =
                    reserved.computeIfAbsent(NotificationIds.nodeOf(first), any -> new TreeMap<>());
            assertThat(ofNode.put(Long.parseUnsignedLong(first, 0, 16, 16), count))
                    .as(first)
                    .isNull();
        }

        for (TreeMap<Long, Integer> ofNode : reserved.values()) {
            long end = 0;
            for (Map.Entry<Long, Integer> one : ofNode.entrySet()) {
                assertThat(one.getKey()).isGreaterThanOrEqualTo(end);
                end = one.getKey() + one.getValue();
            }
        }
    }

    private final HandClock clock = new HandClock();
    private final NotificationIds ids = new NotificationIds(clock);

    @Test
    void idBeginsWithTheSecondsOfItsCreationLikeAnObjectId() {
        String id = ids.reserve(1);

        assertThat(Long.parseLong(id.substring(0, 8), 16))
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(NotificationIds.isId(id)).isTrue();
    }

    @Test
    void idsGrowEvenIfTheClockIsSetBack() {
        List<String> made = new ArrayList<>();
        for (int step : new int[] {0, 0, 1, 999, 1000, -5000, 0, 6000}) {
            clock.pass(Duration.ofMillis(step));
            made.add(ids.reserve(1));
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anIdNamesTheNodeThatCreatedIt() {
        String[] node = {"00c0ffee"};
        NotificationIds ofNode = new NotificationIds(clock, () -> node[0]);
        String first = ofNode.reserve(3);
        node[0] = "0000beef";
        String renamed = ofNode.reserve(1);

        assertThat(NotificationIds.nodeOf(NotificationIds.plus(first, 2))).isEqualTo("00c0ffee");
        assertThat(NotificationIds.nodeOf(renamed)).isEqualTo("0000beef");
        assertThat(renamed).as("ids grow although the id of the node does not").isGreaterThan(first);
        assertThat(NotificationIds.isId(renamed)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> NotificationIds.nodeOf("beef"));
    }

    @Test
    void reservedIdsAreConsecutiveAndUniqueAcrossMilliseconds() {
        String first = ids.reserve(10_000);
        String second = ids.reserve(NotificationIds.MAX_RESERVATION);
        String third = ids.reserve(5);

        assertThat(NotificationIds.plus(first, 9_999)).isLessThan(second);
        assertThat(NotificationIds.plus(second, NotificationIds.MAX_RESERVATION - 1))
                .isLessThan(third);
        assertThat(NotificationIds.plus(first, 0)).isEqualTo(first);
    }

    @Test
    void manyThreadsNeverGetTheSameId() {
        Set<String> made = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 20_000).parallel().forEach(i -> made.add(ids.reserve(1)));

        assertThat(made).hasSize(20_000);
    }

    @Test
    void anIdIsTwentyFourLowerCaseHexDigits() {
        assertThat(NotificationIds.isId("0123456789abcdef01234567")).isTrue();
        for (String bad :
                new String[] {"", "0123456789ABCDEF01234567", "0123456789abcdef0123456", "0123456789abcdef0123456g"}) {
            assertThat(NotificationIds.isId(bad)).as(bad).isFalse();
        }
        assertThat(NotificationIds.isId(null)).isFalse();
    }
}
