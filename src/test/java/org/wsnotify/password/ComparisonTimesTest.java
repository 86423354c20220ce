package org.wsnotify.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A comparison that fails takes as long as the slowest kind of hash so far. One iteration of work takes 100 ns here. */
class ComparisonTimesTest {

    private static final String COSTLY = NewHash.bcrypt("y");
    private static final String QUICK = NewHash.quick("y");

    private long now;
    private long iterations;
    private final List<String> padded = new ArrayList<>();
    private final List<String> compared = new ArrayList<>();

    private final ComparisonTimes times = new ComparisonTimes(
            (count, given) -> {
                iterations += count;
                now += 100L * count;
            },
            () -> now);

    /** Uses a fixed time for each kind, and records the calls. */
    private final ComparisonTimes recorded = new ComparisonTimes() {
        @Override
        synchronized void add(String kind, String example, long nanos) {
            compared.add(kind);
            super.add(kind, example, kind.startsWith("$2") ? 1_000_000 : 1_000);
        }

        @Override
        void padToSlowest(String kind, String given) {
            padded.add(kind);
        }
    };

    private final Passwords passwords = new Passwords(PasswordFormat.AUTO, recorded);

    @Test
    void quickerKindIsPaddedToTheSlowest() {
        times.add("costly", "c", 1_000_000);
        times.add("quick", "q", 200_000);

        times.padToSlowest("quick", "x");
        assertThat(iterations).isBetween(7_900L, 8_100L);

        times.padToSlowest("costly", "x");
        assertThat(iterations).isBetween(7_900L, 8_100L);
    }

    @Test
    void aFasterComparisonReplacesASlowFirstOne() {
        times.add("bcrypt", "b", 250);
        times.add("argon2", "a", 500);
        assertThat(times.slowestExample()).isEqualTo("a");

        times.add("argon2", "a", 60);
        assertThat(times.slowestExample()).isEqualTo("b");
    }

    @Test
    void unknownLoginIsComparedWithTheSlowestKind() throws Exception {
        passwords.matches("x", COSTLY);
        passwords.matches("x", QUICK);
        compared.clear();

        passwords.compareWithDummy("x");

        assertThat(compared).containsExactly("$2$10");
    }

    @Test
    void failureIsPaddedAndSuccessIsNot() throws Exception {
        assertThat(passwords.matches("y", QUICK)).isTrue();
        assertThat(padded).isEmpty();

        assertThat(passwords.matches("x", QUICK)).isFalse();
        assertThat(padded).containsExactly("pbkdf2_sha256$1");
    }

    @Test
    void damagedHashAndPasswordWithNulTakeAsLong() throws Exception {
        passwords.matches("x", COSTLY);
        compared.clear();

        assertThat(passwords.matches("x\0", COSTLY)).isFalse();
        assertThatThrownBy(() -> passwords.matches("x", "!")).isInstanceOf(UnusableHashException.class);

        assertThat(compared).containsExactly("$2$10", "$2$10");
    }
}
