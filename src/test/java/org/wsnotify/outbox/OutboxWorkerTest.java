package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.Background;
import org.wsnotify.HandClock;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.MemoryOutbox.Fails;
import org.wsnotify.outbox.NotificationFates.Fate;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.presence.FakeCluster;
import org.wsnotify.presence.StoreClocks;

class OutboxWorkerTest {
    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final Logger LOGGER = Logger.getLogger(OutboxWorker.class.getName());

    private final HandClock clock = new HandClock();
    private final HandTimer timer = new HandTimer();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final FakeMailer mailer = new FakeMailer();
    private final CountingMeters meters = new CountingMeters();
    private final Set<String> looking = new HashSet<>();
    private final Map<String, Fate> fates = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final PresenceConfirmation presence = new PresenceConfirmation(
            (user, since) -> looking.contains(user), HOLD, clock, StoreClocks.own(clock), FakeCluster.alone());
    private final OutboxWorker worker = worker(outbox);
    private final RecordingHandler log = new RecordingHandler();

    OutboxWorkerTest() {
        LOGGER.addHandler(log);
        LOGGER.setLevel(Level.ALL);
        LOGGER.setUseParentHandlers(false);
    }

    @AfterEach
    void restoreLog() {
        LOGGER.removeHandler(log);
        LOGGER.setLevel(null);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void everythingDueIsSentOverOneConnection() {
        owe("a", "b", "c");

        worker.drain();

        assertThat(mailer.sent).containsExactly("a", "b", "c");
        assertThat(mailer.opened).isEqualTo(1);
        assertThat(mailer.closed).isEqualTo(1);
        assertThat(outbox.all()).allMatch(entry -> entry.state() == State.DONE);
        assertThat(timer.scheduled()).isZero();
    }

    @Test
    void nothingDueOpensNoConnection() {
        worker.drain();

        assertThat(mailer.opened).isZero();
    }

    @Test
    void onlyRecipientsWithoutAnOutcomeAreTriedAgain() {
        oweTo("a", "anna", "bert", "cleo");
        mailer.behaviour = entry -> new MailReceipt(Set.of("anna@a.example"), Set.of("bert@a.example"), "450 busy");

        worker.drain();

        OutboxEntry<OwedMail> entry = outbox.entry("a");
        assertThat(FakeMailer.outcomes(entry)).containsExactly(Outcome.SENT, Outcome.REFUSED, Outcome.WAITING);
        assertThat(entry.state()).isEqualTo(State.OWED);
        assertThat(entry.lastAnswer()).isEqualTo("450 busy");
        assertThat(entry.dueAt()).isEqualTo(clock.instant().plusSeconds(30));
        assertThat(meters.counted)
                .containsOnly(
                        Map.entry(Meters.MailOutcome.SENT, 1),
                        Map.entry(Meters.MailOutcome.REFUSED, 1),
                        Map.entry(Meters.MailOutcome.RETRIED, 1));

        mailer.behaviour = FakeMailer::takesAll;
        clock.pass(Duration.ofSeconds(30));
        worker.drain();

        assertThat(FakeMailer.outcomes(outbox.entry("a"))).containsExactly(Outcome.SENT, Outcome.REFUSED, Outcome.SENT);
        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
        assertThat(meters.counted).containsEntry(Meters.MailOutcome.SENT, 2);
    }

    @Test
    void eachOutcomeHasItsTimeAndARefusalItsReason() {
        oweTo("a", "anna", "bert", "cleo");
        String long550 = "550 " + "x".repeat(400);
        mailer.behaviour = entry -> new MailReceipt(
                Set.of("anna@a.example"),
                Set.of("bert@a.example"),
                Set.of(),
                Map.of("bert@a.example", long550, "cleo@a.example", "450 busy"),
                "450 busy");
        Instant first = clock.instant();

        worker.drain();

        assertThat(addressees("a")).extracting(Addressee::answer).containsExactly("", long550.substring(0, 300), "");
        assertThat(addressees("a"))
                .extracting(Addressee::at)
                .containsExactly(Optional.of(first), Optional.of(first), Optional.empty());

        mailer.behaviour = FakeMailer::takesAll;
        clock.pass(Duration.ofSeconds(30));
        worker.drain();

        assertThat(addressees("a"))
                .extracting(one -> one.at().orElseThrow())
                .containsExactly(first, first, clock.instant());
    }

    private List<Addressee> addressees(String id) {
        return outbox.entry(id).owed().addressees();
    }

    @Test
    void aMailIsGivenUpAfterThreeDaysWithTheLastAnswer() {
        owe("a");
        mailer.behaviour = entry -> new MailReceipt(Set.of(), Set.of(), "451 come back tomorrow");

        Instant start = clock.instant();
        Instant last = start;
        int attempts = 0;
        while (outbox.entry("a").state() == State.OWED) {
            assertThat(addressees("a")).extracting(Addressee::at).containsExactly(Optional.empty());
            last = clock.instant();
            worker.drain();
            attempts++;
            clock.pass(Duration.between(clock.instant(), outbox.entry("a").dueAt()));
        }

        assertThat(outbox.entry("a").state()).isEqualTo(State.DEAD);
        assertThat(outbox.entry("a").lastAnswer()).isEqualTo("451 come back tomorrow");
        assertThat(addressees("a")).extracting(Addressee::at).containsExactly(Optional.of(last));
        assertThat(outbox.entry("a").attempts()).isEqualTo(attempts).isBetween(15, 30);
        assertThat(Duration.between(start, clock.instant())).isGreaterThanOrEqualTo(Duration.ofDays(3));
        assertThat(meters.counted).containsEntry(Meters.MailOutcome.DEAD, 1);
    }

    @Test
    void aUserWhoWasHeardFromGetsNoHeldMail() {
        outbox.owe(List.of(held("a", "anna", "bert")));
        looking.add("anna");
        List<OutboxEntry<OwedMail>> handedOver = new ArrayList<>();
        mailer.behaviour = entry -> {
            handedOver.add(entry);
            return FakeMailer.takesAll(entry);
        };

        worker.drain();

        assertThat(handedOver.get(0).owed().waiting())
                .extracting(Addressee::userId)
                .containsExactly("bert");
        assertThat(FakeMailer.outcomes(outbox.entry("a"))).containsExactly(Outcome.PRESENT, Outcome.SENT);
        assertThat(meters.counted).containsEntry(Meters.MailOutcome.PRESENT, 1);
    }

    @Test
    void ifAllWereHeardFromTheMailServerIsNotAsked() {
        outbox.owe(List.of(held("a", "anna")));
        looking.add("anna");

        worker.drain();

        assertThat(mailer.opened).isZero();
        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
    }

    @Test
    void mailWithoutAConditionIsSentToPresentUsersToo() {
        oweTo("a", "anna");
        looking.add("anna");

        worker.drain();

        assertThat(mailer.sent).containsExactly("a");
    }

    @Test
    void aPresentUserStaysPresentIfTheMailServerIsDown() {
        outbox.owe(List.of(held("a", "anna", "bert")));
        looking.add("anna");
        mailer.unreachable = true;

        worker.drain();

        assertThat(FakeMailer.outcomes(outbox.entry("a"))).containsExactly(Outcome.PRESENT, Outcome.WAITING);
    }

    @Test
    void aDeadMailServerIsNotAskedAgainForSomeSeconds() {
        owe("a", "b", "c");
        mailer.unreachable = true;

        worker.drain();
        worker.drain();
        clock.pass(Duration.ofSeconds(4));
        worker.drain();

        assertThat(mailer.opened).isEqualTo(1);
        assertThat(outbox.entry("a").lastAnswer()).isEqualTo("connection refused");
        assertThat(outbox.entry("a").dueAt()).isAfter(clock.instant());
        assertThat(outbox.entry("b").attempts()).isZero();

        clock.pass(Duration.ofSeconds(1));
        worker.drain();

        assertThat(mailer.opened).isEqualTo(2);
        assertThat(log.at(Level.WARNING)).hasSize(1);

        mailer.unreachable = false;
        clock.pass(Duration.ofMinutes(1));
        worker.drain();

        assertThat(outbox.all()).allMatch(entry -> entry.state() == State.DONE);
        assertThat(log.at(Level.INFO)).containsOnlyOnce("No longer: The mail server is not available");
    }

    @Test
    void aBrokenConnectionIsClosedAndTheMailTriedAgain() {
        owe("a", "b");
        mailer.behaviour = entry -> {
            throw new MailUnavailableException("broken pipe", null);
        };

        worker.drain();

        assertThat(mailer.opened).isEqualTo(1);
        assertThat(mailer.closed).isEqualTo(1);
        assertThat(outbox.entry("a").owed().waiting()).hasSize(1);
        assertThat(outbox.entry("b").attempts()).isZero();
    }

    @Test
    void aMailThatCannotBeSentDoesNotStopTheOthers() {
        owe("a", "poison", "c");
        mailer.behaviour = entry -> {
            if (entry.id().equals("poison")) {
                throw new IllegalArgumentException("secret content");
            }
            return FakeMailer.takesAll(entry);
        };

        worker.drain();

        assertThat(mailer.sent).containsExactly("a", "c");
        assertThat(mailer.opened).as("the connection may be in any state").isEqualTo(2);
        assertThat(mailer.closed).isEqualTo(2);
        assertThat(outbox.entry("poison").state()).isEqualTo(State.OWED);
        assertThat(outbox.entry("poison").lastAnswer()).contains("IllegalArgumentException");
        assertThat(log.messages()).isNotEmpty().noneMatch(line -> line.contains("secret content"));
    }

    @Test
    void aMissingClassFailsOnlyThatMail() {
        owe("a", "b");
        mailer.behaviour = entry -> {
            if (entry.id().equals("a")) {
                throw new NoClassDefFoundError("x");
            }
            return FakeMailer.takesAll(entry);
        };

        worker.drain();

        assertThat(mailer.sent).containsExactly("b");
        assertThat(outbox.entry("a").dueAt()).isAfter(clock.instant());
    }

    @Test
    void theLogHasNoAddressNoSubjectAndNoContent() {
        oweTo("a", "anna");
        mailer.behaviour = entry -> new MailReceipt(Set.of(), Set.of(), "451 later");

        worker.drain();

        assertThat(log.messages()).anyMatch(line -> line.contains("451 later"));
        assertThat(log.messages())
                .noneMatch(line -> line.contains("@") || line.contains("the subject") || line.contains("the content"));
    }

    @Test
    void everyMailIsLoggedInOneLineUnlessAllWerePresent() {
        oweTo("a", "anna", "bert", "cleo");
        mailer.behaviour = entry -> new MailReceipt(Set.of("anna@a.example"), Set.of("bert@a.example"), "450 busy");
        worker.drain();
        outbox.owe(List.of(held("b", "dora")));
        looking.add("dora");
        worker.drain();

        assertThat(log.at(Level.INFO))
                .containsExactly("Mail a is OWED after attempt 1: 1 sent, 1 refused, 0 present, 0 not needed any more, "
                        + "1 waiting; 450 busy");
        assertThat(outbox.entry("b").state()).isEqualTo(State.DONE);
    }

    @Test
    void mailThatIsDueBeforeItsPushWaits() {
        outbox.owe(List.of(held("a", "anna")));
        presence.expected("p");
        owe("b");

        worker.drain();
        assertThat(mailer.sent).containsExactly("b");
        assertThat(outbox.entry("a").attempts()).isZero();

        presence.asked("p");
        clock.pass(HOLD);
        worker.drain();
        assertThat(mailer.sent).containsExactly("b", "a");
    }

    @Test
    void aFailedRoundIsLoggedOnceAndTheNextRoundContinues() {
        List<Runnable> failures = new ArrayList<>(List.of(
                () -> {
                    throw new IllegalStateException("secret content");
                },
                () -> {
                    throw new StackOverflowError();
                }));
        OutboxWorker shaken = worker(new ClaimListener(outbox, () -> {
            if (!failures.isEmpty()) {
                failures.remove(0).run();
            }
        }));
        owe("a");

        shaken.drain();
        clock.pass(Claims.LEASE);
        shaken.drain();
        clock.pass(Claims.LEASE);
        assertThat(failures).isEmpty();
        assertThat(log.at(Level.WARNING)).singleElement().asString().contains("IllegalStateException");
        assertThat(log.messages()).noneMatch(line -> line.contains("secret"));

        shaken.drain();
        assertThat(mailer.sent).containsExactly("a");
        assertThat(log.at(Level.INFO)).containsOnlyOnce("No longer: The outbox cannot be worked");
    }

    @Test
    void aSentMailIsStoredEvenIfItCannotBeCounted() {
        owe("a");
        meters.broken = true;

        worker.drain();

        assertThat(mailer.sent).containsExactly("a");
        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
        assertThat(timer.scheduled()).isZero();
    }

    @Test
    void anErrorFailsOnlyThatMail() {
        owe("a", "b");
        mailer.behaviour = entry -> {
            if (entry.id().equals("a")) {
                throw new StackOverflowError();
            }
            return FakeMailer.takesAll(entry);
        };

        worker.drain();

        assertThat(mailer.sent).containsExactly("b");
        assertThat(outbox.entry("a").dueAt()).isAfter(clock.instant());
    }

    @Test
    void anErrorInTheLogDoesNotEndTheWorker() {
        mailer.behaviour = entry -> {
            throw new OutOfMemoryError("of the test");
        };
        log.broken = true;
        owe("a");

        worker.drain();

        log.broken = false;
        mailer.behaviour = FakeMailer::takesAll;
        clock.pass(Claims.LEASE);
        worker.drain();
        assertThat(mailer.sent).containsExactly("a");
    }

    @Test
    void anErrorDoesNotEndTheRenewalsOfALease() {
        owe("a");
        mailer.behaviour = entry -> {
            outbox.fails(Fails.WITH_AN_ERROR);
            timer.turn();
            outbox.fails(Fails.NEVER);
            clock.pass(Claims.RENEWAL);
            timer.turn();
            clock.pass(Claims.LEASE.minusSeconds(1));
            assertThat(outbox.claim(clock.instant(), Claims.LEASE)).isEmpty();
            return FakeMailer.takesAll(entry);
        };

        worker.drain();

        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
    }

    @Test
    void aSentMailIsStoredLaterIfTheStoreHadAnError() {
        owe("a");
        mailer.behaviour = entry -> {
            outbox.fails(Fails.WITH_AN_ERROR);
            return FakeMailer.takesAll(entry);
        };

        worker.drain();
        outbox.fails(Fails.NEVER);
        clock.pass(Claims.LEASE);
        worker.drain();

        assertThat(mailer.sent).containsExactly("a");
        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
    }

    @Test
    void theLeaseIsRenewedWhileAMailIsBeingSent() {
        owe("a");
        Instant start = clock.instant();
        mailer.behaviour = entry -> {
            for (int i = 0; i < 10; i++) {
                clock.pass(Duration.ofSeconds(20));
                timer.turn();
                assertThat(outbox.claim(clock.instant(), Claims.LEASE)).isEmpty();
            }
            return FakeMailer.takesAll(entry);
        };

        worker.drain();

        assertThat(Duration.between(start, clock.instant())).isGreaterThan(Claims.LEASE);
        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
        assertThat(outbox.entry("a").attempts()).isEqualTo(1);
    }

    @Test
    void theOutcomeOfALostClaimIsLoggedAndNotStored() {
        owe("a");
        mailer.behaviour = entry -> {
            clock.pass(Duration.ofSeconds(61));
            outbox.claim(clock.instant(), Claims.LEASE);
            timer.turn();
            return FakeMailer.takesAll(entry);
        };
        Logger claims = Logger.getLogger(Claims.class.getName());
        claims.addHandler(log);
        claims.setUseParentHandlers(false);

        worker.drain();

        claims.removeHandler(log);
        claims.setUseParentHandlers(true);
        assertThat(outbox.entry("a").state()).isEqualTo(State.OWED);
        assertThat(outbox.entry("a").attempts()).isEqualTo(2);
        assertThat(log.at(Level.WARNING))
                .singleElement()
                .asString()
                .contains("a")
                .contains("lost");
    }

    @Test
    void aMailSentWhileTheStoreFailedIsNotSentAgain() {
        owe("a");
        mailer.behaviour = entry -> {
            outbox.fails(Fails.BEFORE_STORING);
            return FakeMailer.takesAll(entry);
        };

        worker.drain();
        clock.pass(Duration.ofMinutes(5));
        worker.drain();
        outbox.fails(Fails.NEVER);
        worker.drain();

        assertThat(mailer.sent).containsExactly("a");
        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
        assertThat(timer.scheduled()).isZero();
        assertThat(log.at(Level.WARNING)).as("one line an outage").hasSize(1);
        assertThat(log.at(Level.INFO)).containsOnlyOnce("No longer: The store is not available");
    }

    @Test
    void theTimerStoresTheOutcomeOnceTheStoreIsBack() {
        owe("a");
        mailer.behaviour = entry -> {
            outbox.fails(Fails.BEFORE_STORING);
            return FakeMailer.takesAll(entry);
        };

        worker.drain();
        timer.turn();
        outbox.fails(Fails.NEVER);
        timer.turn();

        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
        assertThat(timer.scheduled()).isZero();
    }

    @Test
    void anUnconfirmedRenewalDoesNotLoseTheClaim() {
        owe("a");
        mailer.behaviour = entry -> {
            clock.pass(Duration.ofSeconds(20));
            outbox.fails(Fails.AFTER_STORING);
            timer.turn();
            outbox.fails(Fails.NEVER);
            return FakeMailer.takesAll(entry);
        };

        worker.drain();

        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
    }

    @Test
    void anUnconfirmedRenewalIsFollowedByAnother() {
        owe("a");
        mailer.behaviour = entry -> {
            clock.pass(Duration.ofSeconds(20));
            outbox.fails(Fails.AFTER_STORING);
            timer.turn();
            clock.pass(Duration.ofSeconds(20));
            outbox.fails(Fails.NEVER);
            timer.turn();
            clock.pass(Duration.ofSeconds(50));
            assertThat(outbox.claim(clock.instant(), Claims.LEASE)).isEmpty();
            return FakeMailer.takesAll(entry);
        };

        worker.drain();

        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
    }

    @Test
    void anOutageOfTheStoreIsLoggedAtItsStartAndEnd() {
        outbox.fails(Fails.BEFORE_STORING);

        worker.drain();
        worker.drain();
        worker.forget();

        assertThat(log.at(Level.WARNING)).hasSize(1);
        outbox.fails(Fails.NEVER);
        worker.drain();
        assertThat(log.at(Level.INFO)).hasSize(1);
    }

    @Test
    void aDrainRequestedDuringADrainIsNotLost() throws Exception {
        owe("a");
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        mailer.behaviour = entry -> {
            sending.countDown();
            awaitQuietly(goOn);
            return FakeMailer.takesAll(entry);
        };
        CompletableFuture<Void> first = Background.run(worker::drain);
        assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();

        worker.drain();

        assertThat(mailer.opened).as("two at once").isEqualTo(1);
        owe("b");
        goOn.countDown();
        first.get(10, TimeUnit.SECONDS);
        assertThat(mailer.sent).containsExactly("a", "b");
    }

    @Test
    void requestsFromManyThreadsLeaveNothingBehind() {
        List<CompletableFuture<Void>> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String id = "m" + i;
            requests.add(Background.run(() -> {
                owe(id);
                worker.drain();
            }));
        }

        CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();

        assertThat(outbox.status().owed()).isZero();
        assertThat(mailer.sent).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void stopLetsTheCurrentMailEndAndClaimsNoOther() throws Exception {
        owe("a", "b");
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        mailer.behaviour = entry -> {
            sending.countDown();
            awaitQuietly(goOn);
            return FakeMailer.takesAll(entry);
        };
        CompletableFuture<Void> drain = Background.run(worker::drain);
        assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(worker.stop(Duration.ofMillis(1))).isFalse();
        goOn.countDown();
        assertThat(worker.stop(Duration.ofSeconds(10))).isTrue();

        drain.get(10, TimeUnit.SECONDS);
        worker.drain();
        assertThat(mailer.sent).containsExactly("a");
        assertThat(outbox.entry("b").attempts()).isZero();
        assertThat(mailer.closed).isEqualTo(1);
    }

    @Test
    void aClaimAfterTheTimerHasStoppedIsGivenBack() {
        owe("a");
        timer.shutdown();

        worker.drain();

        assertThat(mailer.opened).isZero();
        assertThat(outbox.entry("a").attempts()).isZero();
        assertThat(outbox.entry("a").dueAt()).isEqualTo(clock.instant());
    }

    @Test
    void aClaimWhileStoppingIsUndone() {
        OutboxWorker[] stopped = new OutboxWorker[1];
        stopped[0] = worker(new ClaimListener(outbox, () -> stopped[0].stop()));
        owe("a");

        stopped[0].drain();

        assertThat(mailer.opened).isZero();
        assertThat(outbox.entry("a").attempts()).isZero();
        assertThat(outbox.entry("a").dueAt()).isEqualTo(clock.instant());
        assertThat(meters.counted).isEmpty();
    }

    @Test
    void weekOldOutcomesAreForgotten() {
        owe("a");
        worker.drain();
        clock.pass(Duration.ofDays(8));
        owe("b");

        worker.forget();

        assertThat(outbox.all()).extracting(OutboxEntry::id).containsExactly("b");
    }

    @Test
    void nobodyGetsMailAboutWhatWasSeenOrRetractedMeanwhile() {
        oweTo("a", "anna", "bert", "cleo", "dora");
        fates.put("notification of anna", Fate.SEEN);
        fates.put("notification of bert", Fate.DELETED);
        fates.put("notification of cleo", Fate.RETRACTED);

        worker.drain();

        assertThat(FakeMailer.outcomes(outbox.entry("a")))
                .containsExactly(Outcome.SEEN, Outcome.SEEN, Outcome.RETRACTED, Outcome.SENT);
        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
        assertThat(meters.counted)
                .containsOnly(
                        Map.entry(Meters.MailOutcome.SENT, 1),
                        Map.entry(Meters.MailOutcome.SEEN, 2),
                        Map.entry(Meters.MailOutcome.RETRACTED, 1));
    }

    @Test
    void mailToEverybodyIsSentUnlessItWasRetracted() {
        OwedMail mail = OwedMails.owed("p", OwedMails.MAIL, OwedMails.ALWAYS, "anna", "bert", "cleo", "dora");
        outbox.owe(List.of(OutboxEntry.owed("a", mail, clock.instant(), clock.instant())));
        fates.put("notification of anna", Fate.SEEN);
        fates.put("notification of bert", Fate.DELETED);
        fates.put("notification of cleo", Fate.RETRACTED);
        gone.add("notification of dora");

        worker.drain();

        assertThat(FakeMailer.outcomes(outbox.entry("a")))
                .containsExactly(Outcome.SENT, Outcome.SENT, Outcome.RETRACTED, Outcome.RETRACTED);
    }

    @Test
    void mailThatNobodyNeedsIsNotHandedToTheMailServer() {
        owe("a");
        fates.put("notification of anna", Fate.SEEN);

        worker.drain();

        assertThat(mailer.opened).isZero();
        assertThat(outbox.entry("a").state()).isEqualTo(State.DONE);
    }

    private Map<String, Fate> fates(Collection<NotificationKey> keys, Instant now) {
        return keys.stream()
                .map(NotificationKey::id)
                .filter(id -> !gone.contains(id))
                .distinct()
                .collect(Collectors.toMap(id -> id, id -> fates.getOrDefault(id, Fate.UNSEEN)));
    }

    private OutboxWorker worker(Outbox<OwedMail> over) {
        AttemptOutcome attemptOutcome = new AttemptOutcome(new RetrySchedule(() -> 0L), meters, clock);
        return new OutboxWorker(
                new Claims<>(over, timer, clock, FakeCluster.nanoTime(clock)),
                mailer,
                attemptOutcome,
                presence,
                new MailNeed(this::fates));
    }

    private void owe(String... ids) {
        for (String id : ids) {
            oweTo(id, "anna");
        }
    }

    private void oweTo(String id, String... users) {
        outbox.owe(List.of(OwedMails.entry(id, clock.instant(), users)));
    }

    /** An entry of the publication "p". */
    private OutboxEntry<OwedMail> held(String id, String... users) {
        OwedMail mail = OwedMails.owed("p", OwedMails.MAIL, OwedMails.UNLESS_PRESENT, users);
        return OutboxEntry.owed(id, mail, clock.instant(), clock.instant());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class CountingMeters implements Meters {
        final Map<MailOutcome, Integer> counted = new EnumMap<>(MailOutcome.class);
        boolean broken;

        @Override
        public void stored(int notifications) {}

        @Override
        public void pushed(int envelopes) {}

        @Override
        public void slowSessionClosed() {}

        @Override
        public void mail(MailOutcome outcome, int recipients) {
            if (broken) {
                throw new IllegalStateException("the meter is broken");
            }
            counted.merge(outcome, recipients, Integer::sum);
        }

        @Override
        public void published(Duration took) {}
    }

    private static final class RecordingHandler extends Handler {
        private final List<LogRecord> records = new ArrayList<>();
        private boolean broken;

        @Override
        public synchronized void publish(LogRecord entry) {
            if (broken) {
                throw new OutOfMemoryError("of the test");
            }
            records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        synchronized List<String> at(Level level) {
            return records.stream()
                    .filter(one -> one.getLevel().equals(level))
                    .map(RecordingHandler::text)
                    .toList();
        }

        synchronized List<String> messages() {
            return records.stream().map(RecordingHandler::text).toList();
        }

        private static String text(LogRecord one) {
            String text = new SimpleFormatter().formatMessage(one);
            return one.getThrown() == null ? text : text + " " + one.getThrown();
        }
    }
}
