package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.outbox.MemoryOutbox.Fails;

class ClaimsTest {

    private static final Duration SAFE = Claims.LEASE.minus(Claims.RESERVE);

    private final HandClock clock = new HandClock();
    private final AtomicLong nanos = new AtomicLong();
    private final HandTimer timer = new HandTimer();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final Claims<OwedMail> claims = new Claims<>(outbox, timer, clock, nanos::get);

    @Test
    void aPermitEndsByTheTimeOfTheStore() {
        SendPermit permit = claims.permit(claim());

        clock.pass(SAFE);
        assertThat(permit.isValid()).isTrue();
        clock.pass(Duration.ofMillis(1));
        assertThat(permit.isValid()).isFalse();
    }

    @Test
    void aPermitEndsByTheMonotonicClock() {
        SendPermit permit = claims.permit(claim());

        nanos.addAndGet(SAFE.toNanos());
        assertThat(permit.isValid()).isTrue();
        nanos.addAndGet(1);
        assertThat(permit.isValid()).isFalse();
    }

    @Test
    void theTimeThatAClaimTookIsPartOfIt() {
        outbox.owe(List.of(OwedMails.entry("a", clock.instant(), "anna")));
        Claims<OwedMail> slow = new Claims<>(
                new ClaimListener(outbox, () -> nanos.addAndGet(SAFE.toNanos() + 1)), timer, clock, nanos::get);

        assertThat(slow.permit(slow.next().orElseThrow()).isValid()).isFalse();
    }

    @Test
    void aRenewalProlongsAPermitAndAFailedOneDoesNot() {
        SendPermit permit = claims.permit(claim());

        pass(Claims.RENEWAL);
        timer.turn();
        pass(SAFE);
        assertThat(permit.isValid()).isTrue();
        outbox.fails(Fails.AFTER_STORING);
        timer.turn();
        pass(Duration.ofMillis(1));
        assertThat(permit.isValid())
                .as("it is not known whether it was renewed")
                .isFalse();
        outbox.fails(Fails.NEVER);
        timer.turn();
        assertThat(permit.isValid()).isTrue();
    }

    @Test
    void aPermitEndsWhenAnotherServerIsFoundToHaveTheClaim() {
        ClaimedEntry<OwedMail> claim = claim();
        outbox.claim(clock.instant().plus(Claims.LEASE), Claims.LEASE);
        timer.turn();

        assertThat(claims.permit(claim).isValid()).isFalse();
    }

    private ClaimedEntry<OwedMail> claim() {
        outbox.owe(List.of(OwedMails.entry("a", clock.instant(), "anna")));
        return claims.next().orElseThrow();
    }

    private void pass(Duration time) {
        clock.pass(time);
        nanos.addAndGet(time.toNanos());
    }
}
