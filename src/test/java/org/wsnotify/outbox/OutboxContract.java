package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.Race;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.OutboxEntry.State;

/** What every {@link Outbox} does. */
public abstract class OutboxContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Instant LEASE_END = NOW.plus(LEASE);
    private static final Instant END_OF_TIME = NOW.plus(Duration.ofDays(365));

    private Outbox outbox;

    /** Opens the outbox under test, empty. Called once before each test. */
    protected abstract Outbox emptyOutbox() throws Exception;

    @BeforeEach
    void open() throws Exception {
        outbox = emptyOutbox();
    }

    // Owing and claiming

    @Test
    void anEmptyOutboxOwesNothing() {
        outbox.owe(List.of());

        assertThat(outbox.claim(NOW, LEASE)).isEmpty();
        assertThat(outbox.status()).isEqualTo(new OutboxStatus(0, Optional.empty()));
    }

    @Test
    void whatIsOwedIsClaimedAsItWas() {
        OutboxEntry owed = OutboxEntry.owed(
                "65e5a1f7000000000000beef-0/ä",
                new Mail("Grüße \uD83D\uDD14", "<p>日本語</p>\r\n\u0001", "1.0", "text/html; charset=UTF-8"),
                List.of(
                        Addressee.waiting("jürgen/ ", "jürgen@e.example"),
                        new Addressee("", "", Outcome.PRESENT),
                        new Addressee("u3", "c@e.example", Outcome.SENT),
                        new Addressee("u4", "d@e.example", Outcome.REFUSED)),
                true,
                NOW.minusSeconds(5),
                NOW);
        outbox.owe(List.of(owed));

        assertThat(outbox.claim(NOW, LEASE)).contains(owed.claimedUntil(LEASE_END));
    }

    @Test
    void emptyTextsAndNobodyToSendToAreKept() {
        OutboxEntry owed = OutboxEntry.owed("id", new Mail("", "", "", ""), List.of(), false, NOW, NOW);
        outbox.owe(List.of(owed));

        assertThat(outbox.claim(NOW, LEASE)).contains(owed.claimedUntil(LEASE_END));
    }

    @Test
    void longMailsAndLongIdsAreKeptWhole() {
        OutboxEntry owed = OutboxEntry.owed(
                "i".repeat(900),
                new Mail("s", "é\uD83D\uDD14".repeat(100_000), "1.0", "text/plain"),
                IntStream.range(0, 500)
                        .mapToObj(i -> Addressee.waiting("u" + i, i + "@e.example"))
                        .toList(),
                false,
                NOW,
                NOW);
        outbox.owe(List.of(owed));

        assertThat(outbox.claim(NOW, LEASE)).contains(owed.claimedUntil(LEASE_END));
    }

    @Test
    void nothingIsClaimedBeforeItIsDue() {
        outbox.owe(List.of(due("a", NOW.plusMillis(1))));

        assertThat(outbox.claim(NOW, LEASE)).isEmpty();
        assertThat(outbox.claim(NOW.plusMillis(1), LEASE)).isPresent();
    }

    @Test
    void theLongestDueIsClaimedFirst() {
        outbox.owe(List.of(
                due("a", NOW.minusSeconds(1)), due("b", NOW.minusSeconds(300)), due("c", NOW.minusSeconds(20))));

        assertThat(claimAll(NOW)).extracting(OutboxEntry::id).containsExactly("b", "c", "a");
    }

    @Test
    void manyThatAreDueAtTheSameTimeAreEachClaimedOnce() {
        outbox.owe(IntStream.range(0, 50).mapToObj(i -> due("m" + i, NOW)).toList());

        assertThat(claimAll(NOW)).extracting(OutboxEntry::id).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void theEntriesOfOnePublicationAreFoundWhateverBecameOfThem() {
        List<Addressee> anna = List.of(new Addressee("anna", "anna@e.example", Outcome.SENT));
        outbox.owe(List.of(
                due("f1-1", NOW).withAddressees(anna).in(State.DONE, "250"),
                due("f1-c12", NOW),
                due("f1", NOW),
                due("f10-1", NOW),
                due("f0-1", NOW),
                due("f1.1", NOW),
                due("f1/1", NOW)));

        assertThat(outbox.addresseesOf("f1"))
                .containsOnlyKeys("f1-1", "f1-c12")
                .containsEntry("f1-1", anna)
                .containsEntry("f1-c12", due("f1-c12", NOW).addressees());
        assertThat(outbox.addresseesOf("f2")).isEmpty();
    }

    @Test
    void owingAgainChangesNothing() {
        OutboxEntry first = due("a", NOW);
        outbox.owe(List.of(first, due("a", NOW.minusSeconds(5))));
        outbox.owe(List.of(due("a", NOW.minusSeconds(9)), due("b", NOW.plusSeconds(1))));

        assertThat(outbox.claim(NOW, LEASE)).contains(first.claimedUntil(LEASE_END));
        assertThat(outbox.claim(NOW, LEASE)).isEmpty();
        assertThat(outbox.status().owed()).isEqualTo(2);
    }

    @Test
    void owingAgainChangesNothingWhileItIsClaimed() {
        OutboxEntry claimed = owedAndClaimed("a");
        outbox.owe(List.of(due("a", NOW)));

        assertThat(outbox.claim(NOW, LEASE)).isEmpty();
        assertThat(outbox.settle(claimed, claimed.in(State.DONE, "250 ok"))).isTrue();
    }

    @Test
    void owingAgainChangesNothingOnceItIsDoneOrDead() {
        OutboxEntry done = owedAndClaimed("done");
        outbox.settle(done, done.in(State.DONE, "250 ok"));
        OutboxEntry dead = owedAndClaimed("dead");
        outbox.settle(dead, dead.in(State.DEAD, "451 later"));

        outbox.owe(List.of(due("done", NOW), due("dead", NOW)));

        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
        assertThat(outbox.status().owed()).isZero();
    }

    // Leases

    @Test
    void aClaimedEntryIsGivenToNobodyElseBeforeTheLeaseEnds() {
        owedAndClaimed("a");

        assertThat(outbox.claim(LEASE_END.minusMillis(1), LEASE)).isEmpty();
    }

    @Test
    void anEntryWhoseClaimerDiedIsDueAgainWhenTheLeaseEnds() {
        OutboxEntry lost = owedAndClaimed("a");

        assertThat(outbox.claim(LEASE_END, LEASE)).contains(lost.claimedUntil(LEASE_END.plus(LEASE)));
    }

    @Test
    void everyClaimIsOneAttemptMore() {
        outbox.owe(List.of(due("a", NOW)));

        assertThat(outbox.claim(NOW, LEASE).orElseThrow().attempts()).isEqualTo(1);
        assertThat(outbox.claim(LEASE_END, LEASE).orElseThrow().attempts()).isEqualTo(2);
    }

    @Test
    void fractionsOfAMillisecondDoNotLoseAClaim() {
        outbox.owe(List.of(due("a", NOW)));

        OutboxEntry claimed = outbox.claim(NOW.plusNanos(123_456), LEASE).orElseThrow();
        OutboxEntry renewed =
                outbox.renew(claimed, claimed.dueAt().plusNanos(999_999)).orElseThrow();

        assertThat(outbox.settle(renewed, renewed.in(State.DONE, ""))).isTrue();
    }

    @Test
    void aRenewedLeaseEndsLater() {
        OutboxEntry claimed = owedAndClaimed("a");
        Instant end = LEASE_END.plusSeconds(60);

        OutboxEntry renewed = outbox.renew(claimed, end).orElseThrow();

        assertThat(renewed.dueAt()).isEqualTo(end);
        assertThat(renewed.attempts()).isEqualTo(1);
        assertThat(outbox.claim(end.minusMillis(1), LEASE)).isEmpty();
        assertThat(outbox.claim(end, LEASE)).contains(renewed.claimedUntil(end.plus(LEASE)));
    }

    @Test
    void aLeaseThatEndedIsStillRenewedOrSettledWhileNobodyElseClaimed() {
        OutboxEntry claimed = owedAndClaimed("a");

        OutboxEntry renewed = outbox.renew(claimed, LEASE_END.plusSeconds(60)).orElseThrow();

        assertThat(outbox.settle(renewed, renewed.in(State.DONE, ""))).isTrue();
    }

    @Test
    void aLostClaimIsNeitherRenewedNorSettled() {
        OutboxEntry lost = owedAndClaimed("a");
        OutboxEntry winner = outbox.claim(LEASE_END, LEASE).orElseThrow();

        assertThat(outbox.renew(lost, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(lost, lost.in(State.DONE, "too late"))).isFalse();

        assertThat(outbox.claim(winner.dueAt(), LEASE))
                .contains(winner.claimedUntil(winner.dueAt().plus(LEASE)));
    }

    @Test
    void aLostClaimIsLostAlsoWhenTheOtherLeaseEndsAtTheSameTime() {
        OutboxEntry lost = owedAndClaimed("a");
        OutboxEntry winner = outbox.claim(LEASE_END, Duration.ofMinutes(1)).orElseThrow();
        winner = outbox.renew(winner, lost.dueAt()).orElseThrow();

        assertThat(outbox.renew(lost, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(lost, lost.in(State.DONE, "too late"))).isFalse();
        assertThat(outbox.settle(winner, winner.in(State.DONE, ""))).isTrue();
    }

    @Test
    void aClaimFromBeforeItsRenewalIsLost() {
        OutboxEntry before = owedAndClaimed("a");
        OutboxEntry renewed = outbox.renew(before, LEASE_END.plusSeconds(1)).orElseThrow();

        assertThat(outbox.settle(before, before.in(State.DONE, ""))).isFalse();
        assertThat(outbox.renew(before, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(renewed, renewed.in(State.DONE, ""))).isTrue();
    }

    // Settling

    @Test
    void aSettledEntryIsNotClaimedAgain() {
        OutboxEntry done = owedAndClaimed("done");
        OutboxEntry dead = owedAndClaimed("dead");

        assertThat(outbox.settle(done, done.in(State.DONE, "250 ok"))).isTrue();
        assertThat(outbox.settle(dead, dead.in(State.DEAD, "554 no"))).isTrue();

        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
    }

    @Test
    void aSettledEntryIsNeitherRenewedNorSettledAgain() {
        OutboxEntry claimed = owedAndClaimed("a");
        outbox.settle(claimed, claimed.in(State.DONE, ""));

        assertThat(outbox.renew(claimed, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(claimed, claimed.retryAt(NOW, "again"))).isFalse();
        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
    }

    @Test
    void anUnknownEntryIsNeitherRenewedNorSettled() {
        OutboxEntry unknown = due("nobody", NOW).claimedUntil(LEASE_END);

        assertThat(outbox.renew(unknown, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(unknown, unknown.in(State.DONE, ""))).isFalse();
    }

    @Test
    void aRetryKeepsWhatBecameOfEachAddresseeAndIsDueAtItsTime() {
        OutboxEntry claimed = owedAndClaimed("a");
        Instant retryAt = NOW.plusSeconds(30);
        OutboxEntry retry = claimed.withAddressees(List.of(
                        claimed.addressees().get(0).with(Outcome.SENT),
                        claimed.addressees().get(1).with(Outcome.WAITING)))
                .retryAt(retryAt, "451 später");

        assertThat(outbox.settle(claimed, retry)).isTrue();

        assertThat(outbox.claim(retryAt.minusMillis(1), LEASE)).isEmpty();
        assertThat(outbox.claim(retryAt, LEASE)).contains(retry.claimedUntil(retryAt.plus(LEASE)));
    }

    // Status and forgetting

    @Test
    void statusCountsWhatWaitsOrIsBeingSentAndTellsTheOldest() {
        Instant longAgo = NOW.minus(Duration.ofDays(2));
        outbox.owe(List.of(created("old", longAgo), created("new", NOW), created("middle", NOW.minusSeconds(5))));
        assertThat(outbox.status()).isEqualTo(new OutboxStatus(3, Optional.of(longAgo)));

        OutboxEntry old = outbox.claim(NOW, LEASE).orElseThrow();
        assertThat(outbox.status()).isEqualTo(new OutboxStatus(3, Optional.of(longAgo)));

        outbox.settle(old, old.retryAt(END_OF_TIME, "451"));
        assertThat(outbox.status()).isEqualTo(new OutboxStatus(3, Optional.of(longAgo)));

        settleNext(NOW, State.DONE);
        settleNext(NOW, State.DEAD);
        assertThat(outbox.status()).isEqualTo(new OutboxStatus(1, Optional.of(longAgo)));

        settleNext(END_OF_TIME, State.DEAD);
        assertThat(outbox.status()).isEqualTo(new OutboxStatus(0, Optional.empty()));
    }

    @Test
    void doneAndDeadEntriesAreForgottenAndMayBeOwedAnew() {
        OutboxEntry done = owedAndClaimed("done");
        outbox.settle(done, done.in(State.DONE, ""));
        OutboxEntry dead = owedAndClaimed("dead");
        outbox.settle(dead, dead.in(State.DEAD, ""));

        outbox.forget(NOW.plusMillis(1));

        outbox.owe(List.of(due("done", NOW), due("dead", NOW)));
        assertThat(claimAll(NOW)).extracting(OutboxEntry::id).containsExactlyInAnyOrder("done", "dead");
    }

    @Test
    void whatIsNotOldEnoughIsNotForgotten() {
        OutboxEntry done = owedAndClaimed("done");
        outbox.settle(done, done.in(State.DONE, ""));

        outbox.forget(NOW);

        outbox.owe(List.of(due("done", NOW)));
        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
    }

    @Test
    void whatIsOwedIsNeverForgotten() {
        OutboxEntry claimed = owedAndClaimed("claimed");
        outbox.owe(List.of(due("waiting", NOW)));

        outbox.forget(END_OF_TIME);

        assertThat(outbox.status().owed()).isEqualTo(2);
        assertThat(outbox.settle(claimed, claimed.in(State.DONE, ""))).isTrue();
        assertThat(outbox.claim(NOW, LEASE)).isPresent();
    }

    @Test
    void aForgottenEntryIsNotSettledAnyMore() {
        OutboxEntry claimed = owedAndClaimed("a");
        outbox.settle(claimed, claimed.in(State.DONE, ""));
        outbox.forget(END_OF_TIME);

        assertThat(outbox.settle(claimed, claimed.retryAt(NOW, ""))).isFalse();
        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
    }

    // Many threads

    @Test
    void anEntryIsGivenToOneOfManyAtATime() {
        outbox.owe(IntStream.range(0, 120).mapToObj(i -> due("m" + i, NOW)).toList());

        List<List<OutboxEntry>> claims = Race.of(6, () -> claimAll(NOW));

        assertThat(claims.stream().flatMap(List::stream))
                .extracting(OutboxEntry::id)
                .hasSize(120)
                .doesNotHaveDuplicates();
    }

    @Test
    void anExpiredClaimIsWonByOneAndTheLoserStoresNothing() {
        for (int round = 0; round < 20; round++) {
            OutboxEntry claimed = owedAndClaimed("r" + round);

            List<Boolean> won = Race.of(4, thread -> () -> {
                if (thread == 0) {
                    return outbox.settle(claimed, claimed.in(State.DONE, ""));
                }
                return outbox.claim(LEASE_END, LEASE)
                        .map(other -> outbox.settle(other, other.in(State.DONE, "")))
                        .orElse(false);
            });

            assertThat(won).containsOnlyOnce(true);
            assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
        }
    }

    @Test
    void owingTheSameAtTheSameTimeOwesItOnce() {
        List<OutboxEntry> entries =
                IntStream.range(0, 20).mapToObj(i -> due("m" + i, NOW)).toList();

        Race.of(4, () -> {
            outbox.owe(entries);
            return null;
        });

        assertThat(outbox.status().owed()).isEqualTo(20);
        assertThat(claimAll(NOW)).hasSize(20);
    }

    private OutboxEntry owedAndClaimed(String id) {
        OutboxEntry owed = due(id, NOW);
        outbox.owe(List.of(owed));
        return outbox.claim(NOW, LEASE).orElseThrow();
    }

    private void settleNext(Instant now, State outcome) {
        OutboxEntry claimed = outbox.claim(now, LEASE).orElseThrow();
        assertThat(outbox.settle(claimed, claimed.in(outcome, ""))).isTrue();
    }

    private List<OutboxEntry> claimAll(Instant now) {
        List<OutboxEntry> claimed = new ArrayList<>();
        Optional<OutboxEntry> next = outbox.claim(now, LEASE);
        while (next.isPresent()) {
            claimed.add(next.get());
            next = outbox.claim(now, LEASE);
        }
        return claimed;
    }

    private static OutboxEntry due(String id, Instant dueAt) {
        return entry(id, NOW, dueAt);
    }

    private static OutboxEntry created(String id, Instant createdAt) {
        return entry(id, createdAt, createdAt);
    }

    private static OutboxEntry entry(String id, Instant createdAt, Instant dueAt) {
        return OutboxEntry.owed(
                id,
                new Mail("subject " + id, "content", "1.0", "text/html"),
                List.of(Addressee.waiting("anna", "anna@e.example"), Addressee.waiting("ben", "ben@e.example")),
                false,
                createdAt,
                dueAt);
    }
}
