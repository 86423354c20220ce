package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;

class PresenceConfirmationTest {

    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final String PUBLICATION = "65e5a1f70000000000000001";

    private final HandClock clock = new HandClock();
    private final Map<String, Instant> lastHeard = new HashMap<>();
    private final PresenceConfirmation presence = presence();

    private PresenceConfirmation presence() {
        return new PresenceConfirmation(
                (user, since) -> lastHeard.getOrDefault(user, Instant.MIN).isAfter(since), HOLD, clock);
    }

    @Test
    void onlySignsOfLifeAfterThePushCount() {
        presence.expected(PUBLICATION);
        OutboxEntry<OwedMail> entry = owed();
        clock.pass(Duration.ofSeconds(1));
        lastHeard.put("anna", clock.instant());
        clock.pass(Duration.ofSeconds(1));
        presence.asked(PUBLICATION);

        assertThat(presence.isPresent("anna", entry)).isFalse();
        lastHeard.put("anna", clock.instant().plusNanos(1));
        assertThat(presence.isPresent("anna", entry)).isTrue();
    }

    @Test
    void aMailThatIsDueBeforeThePushWaits() {
        presence.expected(PUBLICATION);
        OutboxEntry<OwedMail> entry = owed();
        clock.pass(HOLD.multipliedBy(2));

        assertThat(presence.heldUntil(entry)).contains(clock.instant().plus(HOLD));
    }

    @Test
    void theHoldBeginsWithThePush() {
        presence.expected(PUBLICATION);
        OutboxEntry<OwedMail> entry = owed();
        clock.pass(Duration.ofSeconds(4));
        presence.asked(PUBLICATION);
        Instant pushed = clock.instant();
        clock.pass(Duration.ofSeconds(1));

        assertThat(presence.heldUntil(entry)).contains(pushed.plus(HOLD));
        clock.pass(Duration.ofSeconds(4));
        assertThat(presence.heldUntil(entry)).isEmpty();
    }

    @Test
    void aMailWithoutAConditionNeverWaits() {
        presence.expected(PUBLICATION);

        assertThat(presence.heldUntil(owed(OwedMails.ALWAYS))).isEmpty();
    }

    @Test
    void afterAFailedPushNoSignOfLifeCounts() {
        presence.expected(PUBLICATION);
        OutboxEntry<OwedMail> entry = owed();
        presence.notPushed(PUBLICATION);
        clock.pass(HOLD);
        lastHeard.put("anna", clock.instant());

        assertThat(presence.heldUntil(entry)).isEmpty();
        assertThat(presence.isPresent("anna", entry)).isFalse();
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

        assertThat(presence.isPresent("anna", entry)).isTrue();
    }

    @Test
    void afterARestartUsersHaveTimeToReturnAndThatCounts() {
        OutboxEntry<OwedMail> entry = owed();
        clock.pass(Duration.ofMinutes(1));
        Instant restart = clock.instant();
        PresenceConfirmation restarted = presence();

        assertThat(restarted.heldUntil(entry)).contains(restart.plus(PresenceConfirmation.RETURN));
        clock.pass(PresenceConfirmation.RETURN);
        assertThat(restarted.heldUntil(entry)).isEmpty();
        assertThat(restarted.isPresent("anna", entry)).isFalse();
        lastHeard.put("anna", restart.plusSeconds(2));
        assertThat(restarted.isPresent("anna", entry)).isTrue();
    }

    private OutboxEntry<OwedMail> owed() {
        return owed(OwedMails.UNLESS_PRESENT);
    }

    private OutboxEntry<OwedMail> owed(MailCondition condition) {
        OwedMail mail = OwedMails.owed(PUBLICATION, OwedMails.MAIL, condition, "anna");
        return OutboxEntry.owed("any", mail, clock.instant(), clock.instant().plus(HOLD));
    }
}
