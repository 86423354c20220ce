package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.mail.Mail;

class PresenceConfirmationTest {

    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final String PUBLICATION = "65e5a1f70000000000000001";

    private final HandClock clock = new HandClock();
    private final Map<String, Instant> lastHeard = new HashMap<>();
    private final PresenceConfirmation signs = signs();

    private PresenceConfirmation signs() {
        return new PresenceConfirmation(
                (user, since) -> lastHeard.getOrDefault(user, Instant.MIN).isAfter(since), HOLD, clock);
    }

    @Test
    void onlyWhatIsHeardAfterThePushCounts() {
        signs.expected(PUBLICATION);
        OutboxEntry entry = owed();
        clock.pass(Duration.ofSeconds(1));
        lastHeard.put("anna", clock.instant());
        clock.pass(Duration.ofSeconds(1));
        signs.asked(PUBLICATION);

        assertThat(signs.came("anna", entry)).isFalse();
        lastHeard.put("anna", clock.instant().plusNanos(1));
        assertThat(signs.came("anna", entry)).isTrue();
    }

    @Test
    void aMailThatIsDueBeforeItsPublicationIsPushedWaits() {
        signs.expected(PUBLICATION);
        OutboxEntry entry = owed();
        clock.pass(HOLD.multipliedBy(2));

        assertThat(signs.waitsUntil(entry)).contains(clock.instant().plus(HOLD));
    }

    @Test
    void theHoldBeginsWithThePush() {
        signs.expected(PUBLICATION);
        OutboxEntry entry = owed();
        clock.pass(Duration.ofSeconds(4));
        signs.asked(PUBLICATION);
        Instant pushed = clock.instant();
        clock.pass(Duration.ofSeconds(1));

        assertThat(signs.waitsUntil(entry)).contains(pushed.plus(HOLD));
        clock.pass(Duration.ofSeconds(4));
        assertThat(signs.waitsUntil(entry)).isEmpty();
    }

    @Test
    void whatIsOwedInAnyCaseNeverWaits() {
        signs.expected(PUBLICATION);

        assertThat(signs.waitsUntil(owed(PUBLICATION + "-1", false))).isEmpty();
    }

    @Test
    void nobodyHasSeenWhatWasNotPushed() {
        signs.expected(PUBLICATION);
        OutboxEntry entry = owed();
        signs.notPushed(PUBLICATION);
        clock.pass(HOLD);
        lastHeard.put("anna", clock.instant());

        assertThat(signs.waitsUntil(entry)).isEmpty();
        assertThat(signs.came("anna", entry)).isFalse();
    }

    @Test
    void aRepetitionThatPushesAsksAnew() {
        signs.expected(PUBLICATION);
        OutboxEntry entry = owed();
        signs.notPushed(PUBLICATION);
        signs.expected(PUBLICATION);
        signs.asked(PUBLICATION);
        clock.pass(HOLD);
        lastHeard.put("anna", clock.instant());

        assertThat(signs.came("anna", entry)).isTrue();
    }

    @Test
    void afterARestartThoseWhoComeBackAreWaitedForAndTheirReturnCounts() {
        OutboxEntry entry = owed();
        clock.pass(Duration.ofMinutes(1));
        Instant restart = clock.instant();
        PresenceConfirmation restarted = signs();

        assertThat(restarted.waitsUntil(entry)).contains(restart.plus(PresenceConfirmation.RETURN));
        clock.pass(PresenceConfirmation.RETURN);
        assertThat(restarted.waitsUntil(entry)).isEmpty();
        assertThat(restarted.came("anna", entry)).isFalse();
        lastHeard.put("anna", restart.plusSeconds(2));
        assertThat(restarted.came("anna", entry)).isTrue();
    }

    private OutboxEntry owed() {
        return owed(PUBLICATION + "-c1", true);
    }

    private OutboxEntry owed(String id, boolean conditional) {
        Mail mail = new Mail("s", "c", "1.0", "text/plain");
        List<Addressee> anna = List.of(Addressee.waiting("anna", "anna@a.example"));
        return OutboxEntry.owed(
                id, mail, anna, conditional, clock.instant(), clock.instant().plus(HOLD));
    }
}
