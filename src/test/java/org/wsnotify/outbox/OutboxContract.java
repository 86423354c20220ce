package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.Race;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.OutboxEntry.State;

/** What every {@link MailOutbox} does. */
public abstract class OutboxContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Instant LEASE_END = NOW.plus(LEASE);
    private static final Instant END_OF_TIME = NOW.plus(Duration.ofDays(365));

    private MailOutbox outbox;

    /** Opens the outbox under test, empty. Called once before each test. */
    protected abstract MailOutbox emptyOutbox() throws Exception;

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
    void anEntryIsClaimedAsItWasOwed() {
        OutboxEntry<OwedMail> owed = OutboxEntry.owed(
                "65e5a1f7000000000000beef-0/ä",
                new OwedMail(
                        "65e5a1f7000000000000beef",
                        new Mail("Grüße \uD83D\uDD14", "<p>日本語</p>\r\n\u0001", "1.0", "text/html; charset=UTF-8"),
                        List.of(
                                Addressee.waiting("jürgen/ ", "65e5a1f7000000000000bef0", "jürgen@e.example"),
                                new Addressee("", Optional.empty(), "", Outcome.PRESENT),
                                new Addressee("u3", Optional.of("n3"), "c@e.example", Outcome.SENT),
                                new Addressee(
                                        "u4",
                                        Optional.of("n4"),
                                        "d@e.example",
                                        Outcome.REFUSED,
                                        Optional.of(NOW),
                                        "550 no"),
                                new Addressee(
                                        "u5", Optional.of("n5"), "e@e.example", Outcome.WAITING, Optional.of(NOW), "")),
                        OwedMails.UNLESS_PRESENT),
                NOW.minusSeconds(5),
                NOW);
        outbox.owe(List.of(owed));

        assertThat(outbox.claim(NOW, LEASE)).contains(owed.claimedUntil(LEASE_END));
    }

    @Test
    void emptyTextsAndAnEmptyListOfAddresseesAreKept() {
        OutboxEntry<OwedMail> owed = OwedMails.entry("id", new Mail("", "", "", ""), NOW, NOW);
        outbox.owe(List.of(owed));

        assertThat(outbox.claim(NOW, LEASE)).contains(owed.claimedUntil(LEASE_END));
    }

    @Test
    void longMailsAndLongIdsAreKeptWhole() {
        OutboxEntry<OwedMail> owed = OwedMails.entry(
                "i".repeat(900),
                new Mail("s", "é\uD83D\uDD14".repeat(100_000), "1.0", "text/plain"),
                NOW,
                NOW,
                IntStream.range(0, 500).mapToObj(i -> "u" + i).toArray(String[]::new));
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
    void theEntryDueTheLongestIsClaimedFirst() {
        outbox.owe(List.of(
                due("a", NOW.minusSeconds(1)), due("b", NOW.minusSeconds(300)), due("c", NOW.minusSeconds(20))));

        assertThat(claimAll(NOW)).extracting(OutboxEntry::id).containsExactly("b", "c", "a");
    }

    @Test
    void entriesDueAtTheSameTimeAreEachClaimedOnce() {
        outbox.owe(IntStream.range(0, 50).mapToObj(i -> due("m" + i, NOW)).toList());

        assertThat(claimAll(NOW)).extracting(OutboxEntry::id).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void everyConditionIsKeptThroughClaimsAndRetries() {
        for (MailCondition condition : List.of(OwedMails.ALWAYS, OwedMails.UNLESS_PRESENT)) {
            OwedMail mail = OwedMails.owed("f1", OwedMails.MAIL, condition, "anna");
            outbox.owe(List.of(OutboxEntry.owed("f1-" + condition, mail, NOW, NOW)));

            OutboxEntry<OwedMail> claimed = outbox.claim(NOW, LEASE).orElseThrow();
            assertThat(claimed.owed()).isEqualTo(mail);
            outbox.settle(claimed, claimed.retryAt(NOW, "451"));
            OutboxEntry<OwedMail> again = outbox.claim(NOW, LEASE).orElseThrow();
            assertThat(again.owed()).isEqualTo(mail);
        }
    }

    @Test
    void theAddresseesOfAPublicationAreFoundInEveryState() {
        OwedMail sent = OwedMails.owed("f1", OwedMails.MAIL, OwedMails.ALWAYS, "anna");
        OwedMail held = OwedMails.owed("f1", OwedMails.MAIL, OwedMails.UNLESS_PRESENT, "ben", "cleo");
        List<Addressee> anna = List.of(sent.addressees().get(0).with(Outcome.SENT));
        outbox.owe(List.of(
                OutboxEntry.owed("f1-1", sent.withAddressees(anna), NOW, NOW).in(State.DONE, "250"),
                OutboxEntry.owed("f1-c12", held, NOW, NOW)));

        assertThat(outbox.addresseesOf("f1"))
                .containsOnlyKeys("f1-1", "f1-c12")
                .containsEntry("f1-1", anna)
                .containsEntry("f1-c12", held.addressees());
    }

    @Test
    void theAddresseesOfOtherPublicationsAreNotFound() {
        outbox.owe(Stream.of("f10-1", "f0-1", "f1.1", "f1/1", "f1-of another")
                .map(id -> due(id, NOW))
                .toList());

        assertThat(outbox.addresseesOf("f1")).isEmpty();
        assertThat(outbox.addresseesOf("f2")).isEmpty();
    }

    @Test
    void owingAgainChangesNothing() {
        OutboxEntry<OwedMail> first = due("a", NOW);
        outbox.owe(List.of(first, due("a", NOW.minusSeconds(5))));
        outbox.owe(List.of(due("a", NOW.minusSeconds(9)), due("b", NOW.plusSeconds(1))));

        assertThat(outbox.claim(NOW, LEASE)).contains(first.claimedUntil(LEASE_END));
        assertThat(outbox.claim(NOW, LEASE)).isEmpty();
        assertThat(outbox.status().owed()).isEqualTo(2);
    }

    @Test
    void owingAClaimedEntryAgainChangesNothing() {
        OutboxEntry<OwedMail> claimed = owedAndClaimed("a");
        outbox.owe(List.of(due("a", NOW)));

        assertThat(outbox.claim(NOW, LEASE)).isEmpty();
        assertThat(outbox.settle(claimed, claimed.in(State.DONE, "250 ok"))).isTrue();
    }

    @Test
    void owingADoneOrDeadEntryAgainChangesNothing() {
        OutboxEntry<OwedMail> done = owedAndClaimed("done");
        outbox.settle(done, done.in(State.DONE, "250 ok"));
        OutboxEntry<OwedMail> dead = owedAndClaimed("dead");
        outbox.settle(dead, dead.in(State.DEAD, "451 later"));

        outbox.owe(List.of(due("done", NOW), due("dead", NOW)));

        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
        assertThat(outbox.status().owed()).isZero();
    }

    // Presence

    @Test
    void usersWhoArePresentAreFoundSoByTheNextClaim() {
        OwedMail mail = OwedMails.owed("f1", OwedMails.MAIL, OwedMails.UNLESS_PRESENT, "anna", "bert", "cleo");
        outbox.owe(List.of(OutboxEntry.owed("f1-c1", mail, NOW, NOW), OutboxEntry.owed("f1-c2", mail, NOW, NOW)));

        outbox.present(Map.of("f1", Set.of("anna", "nobody")), NOW.minusSeconds(9));
        outbox.present(Map.of("f1", Set.of("cleo", "anna"), "f7", Set.of("bert")), NOW.minusSeconds(8));

        assertThat(claimAll(NOW))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(FakeMailer.outcomes(entry))
                        .containsExactly(Outcome.PRESENT, Outcome.WAITING, Outcome.PRESENT))
                .allSatisfy(entry -> assertThat(times(entry))
                        .containsExactly(
                                Optional.of(NOW.minusSeconds(9)), Optional.empty(), Optional.of(NOW.minusSeconds(8))));
    }

    @Test
    void presenceDuringAClaimIsFoundByTheNextOne() {
        OwedMail mail = OwedMails.owed("f1", OwedMails.MAIL, OwedMails.UNLESS_PRESENT, "anna", "bert");
        outbox.owe(List.of(OutboxEntry.owed("f1-c1", mail, NOW, NOW)));
        OutboxEntry<OwedMail> claimed = outbox.claim(NOW, LEASE).orElseThrow();

        outbox.present(Map.of("f1", Set.of("anna")), NOW);
        OutboxEntry<OwedMail> renewed = outbox.renew(claimed, LEASE_END).orElseThrow();
        assertThat(outbox.settle(renewed, claimed.retryAt(LEASE_END, "451"))).isTrue();

        OutboxEntry<OwedMail> again = outbox.claim(LEASE_END, LEASE).orElseThrow();
        assertThat(FakeMailer.outcomes(again)).containsExactly(Outcome.PRESENT, Outcome.WAITING);
        assertThat(times(again)).containsExactly(Optional.of(NOW), Optional.empty());
    }

    private static List<Optional<Instant>> times(OutboxEntry<OwedMail> entry) {
        return entry.owed().addressees().stream().map(Addressee::at).toList();
    }

    @Test
    void presenceChangesNoOutcomeAndNoOtherEntry() {
        OwedMail held = OwedMails.owed("f1", OwedMails.MAIL, OwedMails.UNLESS_PRESENT, "anna", "bert");
        OwedMail sent = held.withAddressees(List.of(
                held.addressees().get(0).with(Outcome.SENT), held.addressees().get(1)));
        OwedMail other = OwedMails.owed("f10", OwedMails.MAIL, OwedMails.UNLESS_PRESENT, "anna");
        outbox.owe(List.of(
                OutboxEntry.owed("f1-c1", sent, NOW, NOW),
                OutboxEntry.owed("f1-1", OwedMails.owed("f1", OwedMails.MAIL, OwedMails.ALWAYS, "anna"), NOW, NOW),
                OutboxEntry.owed("f10-c1", other, NOW, NOW)));

        outbox.present(Map.of("f1", Set.of("anna")), NOW);
        outbox.present(Map.of(), NOW);

        assertThat(claimAll(NOW))
                .extracting(FakeMailer::outcomes)
                .containsExactlyInAnyOrder(
                        List.of(Outcome.SENT, Outcome.WAITING), List.of(Outcome.WAITING), List.of(Outcome.WAITING));
    }

    @Test
    void presenceDoesNotOweAgainWhatIsDone() {
        OwedMail mail = OwedMails.owed("f1", OwedMails.MAIL, OwedMails.UNLESS_PRESENT, "anna");
        outbox.owe(List.of(OutboxEntry.owed("f1-c1", mail, NOW, NOW)));
        OutboxEntry<OwedMail> claimed = outbox.claim(NOW, LEASE).orElseThrow();
        outbox.settle(claimed, claimed.in(State.DONE, "250"));

        outbox.present(Map.of("f1", Set.of("anna")), NOW);

        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
        assertThat(outbox.addresseesOf("f1").get("f1-c1"))
                .singleElement()
                .satisfies(anna -> assertThat(anna.outcome()).isEqualTo(Outcome.WAITING));
        assertThat(outbox.status().owed()).isZero();
    }

    // Leases

    @Test
    void aClaimedEntryIsNotClaimedAgainBeforeItsLeaseEnds() {
        owedAndClaimed("a");

        assertThat(outbox.claim(LEASE_END.minusMillis(1), LEASE)).isEmpty();
    }

    @Test
    void anAbandonedEntryIsDueAgainWhenItsLeaseEnds() {
        OutboxEntry<OwedMail> lost = owedAndClaimed("a");

        assertThat(outbox.claim(LEASE_END, LEASE)).contains(lost.claimedUntil(LEASE_END.plus(LEASE)));
    }

    @Test
    void everyClaimAddsOneAttempt() {
        outbox.owe(List.of(due("a", NOW)));

        assertThat(outbox.claim(NOW, LEASE).orElseThrow().attempts()).isEqualTo(1);
        assertThat(outbox.claim(LEASE_END, LEASE).orElseThrow().attempts()).isEqualTo(2);
    }

    @Test
    void aClaimThatWasGivenBackIsNoAttempt() {
        outbox.owe(List.of(due("a", NOW)));
        for (int second = 0; second < 3; second++) {
            Instant now = NOW.plusSeconds(second);
            OutboxEntry<OwedMail> claimed = outbox.claim(now, LEASE).orElseThrow();
            assertThat(claimed.attempts()).isEqualTo(1);
            assertThat(outbox.settle(claimed, claimed.givenBack(now.plusSeconds(1))))
                    .isTrue();
        }
        OutboxEntry<OwedMail> tried = outbox.claim(NOW.plusSeconds(3), LEASE).orElseThrow();
        outbox.settle(tried, tried.retryAt(NOW.plusSeconds(4), "451"));

        assertThat(outbox.claim(NOW.plusSeconds(4), LEASE))
                .map(OutboxEntry::attempts)
                .contains(2);
    }

    @Test
    void aClaimThatWasLostStaysLostAfterTheNextIsGivenBack() {
        OutboxEntry<OwedMail> lost = owedAndClaimed("a");
        OutboxEntry<OwedMail> next = outbox.claim(LEASE_END, LEASE).orElseThrow();
        outbox.settle(next, next.givenBack(LEASE_END));
        assertThat(outbox.settle(lost, lost.in(State.DONE, "too late"))).isFalse();
        OutboxEntry<OwedMail> winner = outbox.claim(LEASE_END, LEASE).orElseThrow();

        assertThat(outbox.renew(lost, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(lost, lost.in(State.DONE, "too late"))).isFalse();
        assertThat(winner.attempts()).isEqualTo(2);
        assertThat(outbox.settle(winner, winner.in(State.DONE, ""))).isTrue();
    }

    @Test
    void fractionsOfAMillisecondDoNotLoseAClaim() {
        outbox.owe(List.of(due("a", NOW)));

        OutboxEntry<OwedMail> claimed =
                outbox.claim(NOW.plusNanos(123_456), LEASE).orElseThrow();
        OutboxEntry<OwedMail> renewed =
                outbox.renew(claimed, claimed.dueAt().plusNanos(999_999)).orElseThrow();

        assertThat(outbox.settle(renewed, renewed.in(State.DONE, ""))).isTrue();
    }

    @Test
    void aRenewedLeaseEndsLater() {
        OutboxEntry<OwedMail> claimed = owedAndClaimed("a");
        Instant end = LEASE_END.plusSeconds(60);

        OutboxEntry<OwedMail> renewed = outbox.renew(claimed, end).orElseThrow();

        assertThat(renewed.dueAt()).isEqualTo(end);
        assertThat(renewed.attempts()).isEqualTo(1);
        assertThat(outbox.claim(end.minusMillis(1), LEASE)).isEmpty();
        assertThat(outbox.claim(end, LEASE)).contains(renewed.claimedUntil(end.plus(LEASE)));
    }

    @Test
    void anEndedLeaseIsRenewedIfNoOtherClaimCameInBetween() {
        OutboxEntry<OwedMail> claimed = owedAndClaimed("a");

        OutboxEntry<OwedMail> renewed =
                outbox.renew(claimed, LEASE_END.plusSeconds(60)).orElseThrow();

        assertThat(outbox.settle(renewed, renewed.in(State.DONE, ""))).isTrue();
    }

    @Test
    void aLostClaimIsNeitherRenewedNorSettled() {
        OutboxEntry<OwedMail> lost = owedAndClaimed("a");
        OutboxEntry<OwedMail> winner = outbox.claim(LEASE_END, LEASE).orElseThrow();

        assertThat(outbox.renew(lost, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(lost, lost.in(State.DONE, "too late"))).isFalse();

        assertThat(outbox.claim(winner.dueAt(), LEASE))
                .contains(winner.claimedUntil(winner.dueAt().plus(LEASE)));
    }

    @Test
    void aLostClaimIsLostEvenIfBothLeasesEndAtTheSameTime() {
        OutboxEntry<OwedMail> lost = owedAndClaimed("a");
        OutboxEntry<OwedMail> winner =
                outbox.claim(LEASE_END, Duration.ofMinutes(1)).orElseThrow();
        winner = outbox.renew(winner, lost.dueAt()).orElseThrow();

        assertThat(outbox.renew(lost, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(lost, lost.in(State.DONE, "too late"))).isFalse();
        assertThat(outbox.settle(winner, winner.in(State.DONE, ""))).isTrue();
    }

    @Test
    void aClaimFromBeforeItsRenewalIsLost() {
        OutboxEntry<OwedMail> before = owedAndClaimed("a");
        OutboxEntry<OwedMail> renewed =
                outbox.renew(before, LEASE_END.plusSeconds(1)).orElseThrow();

        assertThat(outbox.settle(before, before.in(State.DONE, ""))).isFalse();
        assertThat(outbox.renew(before, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(renewed, renewed.in(State.DONE, ""))).isTrue();
    }

    // Settling

    @Test
    void aSettledEntryIsNotClaimedAgain() {
        OutboxEntry<OwedMail> done = owedAndClaimed("done");
        OutboxEntry<OwedMail> dead = owedAndClaimed("dead");

        assertThat(outbox.settle(done, done.in(State.DONE, "250 ok"))).isTrue();
        assertThat(outbox.settle(dead, dead.in(State.DEAD, "554 no"))).isTrue();

        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
    }

    @Test
    void aSettledEntryIsNeitherRenewedNorSettledAgain() {
        OutboxEntry<OwedMail> claimed = owedAndClaimed("a");
        outbox.settle(claimed, claimed.in(State.DONE, ""));

        assertThat(outbox.renew(claimed, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(claimed, claimed.retryAt(NOW, "again"))).isFalse();
        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
    }

    @Test
    void anUnknownEntryIsNeitherRenewedNorSettled() {
        OutboxEntry<OwedMail> unknown = due("nobody", NOW).claimedUntil(LEASE_END);

        assertThat(outbox.renew(unknown, END_OF_TIME)).isEmpty();
        assertThat(outbox.settle(unknown, unknown.in(State.DONE, ""))).isFalse();
    }

    @Test
    void aRetryKeepsTheOutcomeOfEachAddressee() {
        OutboxEntry<OwedMail> claimed = owedAndClaimed("a");
        Instant retryAt = NOW.plusSeconds(30);
        List<Addressee> addressees = claimed.owed().addressees();
        OutboxEntry<OwedMail> retry = claimed.withOwed(
                        claimed.owed().withAddressees(List.of(addressees.get(0).with(Outcome.SENT), addressees.get(1))))
                .retryAt(retryAt, "451 später");

        assertThat(outbox.settle(claimed, retry)).isTrue();

        assertThat(outbox.claim(retryAt.minusMillis(1), LEASE)).isEmpty();
        assertThat(outbox.claim(retryAt, LEASE)).contains(retry.claimedUntil(retryAt.plus(LEASE)));
    }

    // Status and forgetting

    @Test
    void statusCountsOwedEntriesAndTellsTheOldest() {
        Instant longAgo = NOW.minus(Duration.ofDays(2));
        outbox.owe(List.of(created("old", longAgo), created("new", NOW), created("middle", NOW.minusSeconds(5))));
        assertThat(outbox.status()).isEqualTo(new OutboxStatus(3, Optional.of(longAgo)));

        OutboxEntry<OwedMail> old = outbox.claim(NOW, LEASE).orElseThrow();
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
        OutboxEntry<OwedMail> done = owedAndClaimed("done");
        outbox.settle(done, done.in(State.DONE, ""));
        OutboxEntry<OwedMail> dead = owedAndClaimed("dead");
        outbox.settle(dead, dead.in(State.DEAD, ""));

        outbox.forget(NOW.plusMillis(1));

        outbox.owe(List.of(due("done", NOW), due("dead", NOW)));
        assertThat(claimAll(NOW)).extracting(OutboxEntry::id).containsExactlyInAnyOrder("done", "dead");
    }

    @Test
    void aRecentEntryIsNotForgotten() {
        OutboxEntry<OwedMail> done = owedAndClaimed("done");
        outbox.settle(done, done.in(State.DONE, ""));

        outbox.forget(NOW);

        outbox.owe(List.of(due("done", NOW)));
        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
    }

    @Test
    void anOwedEntryIsNeverForgotten() {
        OutboxEntry<OwedMail> claimed = owedAndClaimed("claimed");
        outbox.owe(List.of(due("waiting", NOW)));

        outbox.forget(END_OF_TIME);

        assertThat(outbox.status().owed()).isEqualTo(2);
        assertThat(outbox.settle(claimed, claimed.in(State.DONE, ""))).isTrue();
        assertThat(outbox.claim(NOW, LEASE)).isPresent();
    }

    @Test
    void aForgottenEntryCannotBeSettled() {
        OutboxEntry<OwedMail> claimed = owedAndClaimed("a");
        outbox.settle(claimed, claimed.in(State.DONE, ""));
        outbox.forget(END_OF_TIME);

        assertThat(outbox.settle(claimed, claimed.retryAt(NOW, ""))).isFalse();
        assertThat(outbox.claim(END_OF_TIME, LEASE)).isEmpty();
    }

    // Many threads

    @Test
    void manyThreadsClaimEachEntryOnce() {
        outbox.owe(IntStream.range(0, 120).mapToObj(i -> due("m" + i, NOW)).toList());

        List<List<OutboxEntry<OwedMail>>> claims = Race.of(6, () -> claimAll(NOW));

        assertThat(claims.stream().flatMap(List::stream))
                .extracting(OutboxEntry::id)
                .hasSize(120)
                .doesNotHaveDuplicates();
    }

    @Test
    void oneThreadWinsAnExpiredClaimAndTheOthersStoreNothing() {
        for (int round = 0; round < 20; round++) {
            OutboxEntry<OwedMail> claimed = owedAndClaimed("r" + round);

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
    void owingTheSameEntriesConcurrentlyOwesThemOnce() {
        List<OutboxEntry<OwedMail>> entries =
                IntStream.range(0, 20).mapToObj(i -> due("m" + i, NOW)).toList();

        Race.of(4, () -> {
            outbox.owe(entries);
            return null;
        });

        assertThat(outbox.status().owed()).isEqualTo(20);
        assertThat(claimAll(NOW)).hasSize(20);
    }

    private OutboxEntry<OwedMail> owedAndClaimed(String id) {
        OutboxEntry<OwedMail> owed = due(id, NOW);
        outbox.owe(List.of(owed));
        return outbox.claim(NOW, LEASE).orElseThrow();
    }

    private void settleNext(Instant now, State outcome) {
        OutboxEntry<OwedMail> claimed = outbox.claim(now, LEASE).orElseThrow();
        assertThat(outbox.settle(claimed, claimed.in(outcome, ""))).isTrue();
    }

    private List<OutboxEntry<OwedMail>> claimAll(Instant now) {
        List<OutboxEntry<OwedMail>> claimed = new ArrayList<>();
        Optional<OutboxEntry<OwedMail>> next = outbox.claim(now, LEASE);
        while (next.isPresent()) {
            claimed.add(next.get());
            next = outbox.claim(now, LEASE);
        }
        return claimed;
    }

    private static OutboxEntry<OwedMail> due(String id, Instant dueAt) {
        return entry(id, NOW, dueAt);
    }

    private static OutboxEntry<OwedMail> created(String id, Instant createdAt) {
        return entry(id, createdAt, createdAt);
    }

    private static OutboxEntry<OwedMail> entry(String id, Instant createdAt, Instant dueAt) {
        Mail mail = new Mail("subject " + id, "content", "1.0", "text/html");
        return OwedMails.entry(id, mail, createdAt, dueAt, "anna", "ben");
    }
}
