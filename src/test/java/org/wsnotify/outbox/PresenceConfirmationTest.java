package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.presence.FakeCluster;
import org.wsnotify.presence.StoreClocks;

class PresenceConfirmationTest {

    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final String PUBLICATION = "65e5a1f70000000000000001";

    private final HandClock clock = new HandClock();
    private final Map<String, Instant> lastHeard = new HashMap<>();
    private final PresenceConfirmation presence = presence();

    private PresenceConfirmation presence() {
        return new PresenceConfirmation(
                (user, since) -> lastHeard.getOrDefault(user, Instant.MIN).isAfter(since),
                HOLD,
                clock,
                StoreClocks.own(clock),
                FakeCluster.alone());
    }

    @Test
    void onlySignsOfLifeAfterThePushCount() {
        presence.expected(PUBLICATION);
        OutboxEntry<OwedMail> entry = owed();
        clock.pass(Duration.ofSeconds(1));
        lastHeard.put("anna", clock.instant());
        clock.pass(Duration.ofSeconds(1));
        presence.asked(PUBLICATION);
        Instant pushed = clock.instant();
        clock.pass(HOLD);

        assertThat(isPresent(presence, entry)).isFalse();
        lastHeard.put("anna", pushed.plusNanos(1));
        assertThat(isPresent(presence, entry)).isTrue();
    }

    @Test
    void aMailThatIsDueBeforeThePushWaits() {
        presence.expected(PUBLICATION);
        OutboxEntry<OwedMail> entry = owed();
        clock.pass(HOLD.multipliedBy(2));

        assertThat(presence.judge(entry).heldUntil()).contains(clock.instant().plus(HOLD));
    }

    @Test
    void theHoldBeginsWithThePush() {
        presence.expected(PUBLICATION);
        OutboxEntry<OwedMail> entry = owed();
        clock.pass(Duration.ofSeconds(4));
        presence.asked(PUBLICATION);
        Instant pushed = clock.instant();
        clock.pass(Duration.ofSeconds(1));

        assertThat(presence.judge(entry).heldUntil()).contains(pushed.plus(HOLD));
        clock.pass(Duration.ofSeconds(4));
        assertThat(presence.judge(entry).heldUntil()).isEmpty();
    }

    @Test
    void aMailWithoutAConditionNeverWaits() {
        presence.expected(PUBLICATION);

        assertThat(presence.judge(owed(OwedMails.ALWAYS)).heldUntil()).isEmpty();
    }

    @Test
    void afterAFailedPushNoSignOfLifeCounts() {
        presence.expected(PUBLICATION);
        OutboxEntry<OwedMail> entry = owed();
        presence.notPushed(PUBLICATION);
        clock.pass(HOLD);
        lastHeard.put("anna", clock.instant());

        assertThat(presence.judge(entry).heldUntil()).isEmpty();
        assertThat(isPresent(presence, entry)).isFalse();
    }

    @Test
    void aRepeatedPushAsksAgain() {
        presence.expected(PUBLICATION);
        OutboxEntry<OwedMail> entry = owed();
        presence.notPushed(PUBLICATION);
        presence.expected(PUBLICATION);
        presence.asked(PUBLICATION);
        clock.pass(HOLD);
        lastHeard.put("anna", clock.instant());

        assertThat(isPresent(presence, entry)).isTrue();
    }

    @Test
    void afterARestartUsersHaveTimeToReturnAndThatCounts() {
        OutboxEntry<OwedMail> entry = owed();
        clock.pass(Duration.ofMinutes(1));
        Instant restart = clock.instant();
        PresenceConfirmation restarted = presence();

        assertThat(restarted.judge(entry).heldUntil()).contains(restart.plus(PresenceConfirmation.RETURN));
        clock.pass(PresenceConfirmation.RETURN);
        assertThat(restarted.judge(entry).heldUntil()).isEmpty();
        assertThat(isPresent(restarted, entry)).isFalse();
        lastHeard.put("anna", restart.plusSeconds(2));
        assertThat(isPresent(restarted, entry)).isTrue();
    }

    private static boolean isPresent(PresenceConfirmation confirmation, OutboxEntry<OwedMail> entry) {
        return confirmation.judge(entry).entry().owed().waiting().isEmpty();
    }

    private OutboxEntry<OwedMail> owed() {
        return owed(OwedMails.UNLESS_PRESENT);
    }

    private OutboxEntry<OwedMail> owed(MailCondition condition) {
        OwedMail mail = OwedMails.owed(PUBLICATION, OwedMails.MAIL, condition, "anna");
        return OutboxEntry.owed("any", mail, clock.instant(), clock.instant().plus(HOLD));
    }
}
