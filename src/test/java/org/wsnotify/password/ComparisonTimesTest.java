package org.wsnotify.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever does not match takes as long as the costliest kind of hash that was met; one iteration of the work takes 100 ns here. */
class ComparisonTimesTest {

    private static final String COSTLY = NewHash.bcrypt("y");
    private static final String QUICK = NewHash.quick("y");

    private long now;
    private long iterations;
    private final List<String> madeUp = new ArrayList<>();
    private final List<String> compared = new ArrayList<>();

    private final ComparisonTimes times = new ComparisonTimes(
            (count, given) -> {
                iterations += count;
                now += 100L * count;
            },
            () -> now);

    /** Knows what each kind takes, and records what is asked of it. */
    private final ComparisonTimes recorded = new ComparisonTimes() {
        @Override
        synchronized void took(String kind, String example, long nanos) {
            compared.add(kind);
            super.took(kind, example, kind.startsWith("$2") ? 1_000_000 : 1_000);
        }

        @Override
        void makeUpFor(String kind, String given) {
            madeUp.add(kind);
        }
    };

    private final Passwords passwords = new Passwords(PasswordFormat.AUTO, recorded);

    @Test
    void quickerKindMakesUpForWhatTheCostliestTakesMore() {
        times.took("costly", "c", 1_000_000);
        times.took("quick", "q", 200_000);

        times.makeUpFor("quick", "x");
        assertThat(iterations).isBetween(7_900L, 8_100L);

        times.makeUpFor("costly", "x");
        assertThat(iterations).isBetween(7_900L, 8_100L);
    }

    @Test
    void slowFirstComparisonIsForgottenWhenThatKindIsComparedAgain() {
        times.took("bcrypt", "b", 250);
        times.took("argon2", "a", 500);
        assertThat(times.costliest()).isEqualTo("a");

        times.took("argon2", "a", 60);
        assertThat(times.costliest()).isEqualTo("b");
    }

    @Test
    void unknownLoginIsComparedWithTheCostliestKindThatWasMet() throws Exception {
        passwords.matches("x", COSTLY);
        passwords.matches("x", QUICK);
        compared.clear();

        passwords.matchesNothing("x");

        assertThat(compared).containsExactly("$2$10");
    }

    @Test
    void failureMakesUpForItsKindAndSuccessDoesNot() throws Exception {
        assertThat(passwords.matches("y", QUICK)).isTrue();
        assertThat(madeUp).isEmpty();

        assertThat(passwords.matches("x", QUICK)).isFalse();
        assertThat(madeUp).containsExactly("pbkdf2_sha256$1");
    }

    @Test
    void damagedHashAndPasswordWithANulTakeAsLong() throws Exception {
        passwords.matches("x", COSTLY);
        compared.clear();

        assertThat(passwords.matches("x\0", COSTLY)).isFalse();
        assertThatThrownBy(() -> passwords.matches("x", "!")).isInstanceOf(UnusableHashException.class);

        assertThat(compared).containsExactly("$2$10", "$2$10");
    }
}
