package org.wsnotify.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedLoginsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final FailedLogins failed = new FailedLogins(
            new FailureLimit(1, Duration.ofMinutes(5), 0, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1)), 1000);

    @Test
    void numberOfRememberedSubjectsIsLimited() {
        for (int i = 0; i < 50_000; i++) {
            failed.failed("subject" + i, NOW);
        }
        assertThat(failed.tracked()).isEqualTo(1000);
    }

    @Test
    void subjectUnderAttackIsNotForgotten() {
        failed.failed("anna", NOW);
        for (int i = 0; i < 50_000; i++) {
            failed.failed("subject" + i, NOW);
            assertThat(failed.waitFor("anna", NOW)).isPositive();
        }
    }

    @Test
    void delaysGrowUpToTheirLimit() {
        FailureLimit limit = new FailureLimit(
                1000, Duration.ofMinutes(5), 2, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(45));

        assertThat(limit.delayAfter(2)).isZero();
        assertThat(limit.delayAfter(3)).isEqualTo(Duration.ofSeconds(1));
        assertThat(limit.delayAfter(7)).isEqualTo(Duration.ofSeconds(16));
        assertThat(limit.delayAfter(8)).isEqualTo(Duration.ofSeconds(30));
        assertThat(limit.delayAfter(999)).isEqualTo(Duration.ofSeconds(30));
        assertThat(limit.delayAfter(1000)).isEqualTo(Duration.ofSeconds(45));
        assertThat(limit.delayAfter(5000)).isEqualTo(Duration.ofSeconds(45));
    }
}
