package org.wsnotify.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.presence.FakeCluster;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.StoreClock;

/** Three servers on one outbox. The clocks of two of them are wrong by two minutes. */
class SeveralServersTest {

    private static final Duration HOLD = Duration.ofSeconds(5);

    private final HandClock clock = new HandClock();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final FakeCluster cluster = new FakeCluster(clock);
    private final Instant longAgo = clock.instant().minusSeconds(600);
    private final List<String> mailed = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();
    private int countedPresent;
    private int countedRetried;

    private final Server c = new Server("0000000c", clock);
    private final Server b = new Server("0000000b", Clock.offset(clock, Duration.ofMinutes(2)));
    private final Server a = new Server("0000000a", Clock.offset(clock, Duration.ofMinutes(-2)));

    // Who judges, by what

    @Test
    void aUserHeardElsewhereGetsNoMailIfThePublisherDies() {
        cluster.put("bert", b.id, longAgo);
        String publication = a.publish("bert");
        b.relayed(publication, "bert");
        a.die();
        pass(1);
        b.hear("bert");
        b.reporter.report();

        c.passAlone(30);

        assertThat(mailed).isEmpty();
        assertThat(outcomes()).containsExactly(Outcome.PRESENT);
        assertThat(countedPresent).as("counted, and once").isEqualTo(1);
    }

    @Test
    void aUserWhoIsNowhereGetsOneMailIfThePublisherDies() {
        cluster.put("anna", a.id, longAgo);
        a.publish("anna");
        pass(1);
        a.hear("anna");
        a.die();

        pass(60);

        assertThat(mailed).containsExactly("anna");
    }

    @Test
    void everyServerMayJudgeAndNobodyIsMailedTwice() {
        cluster.put("anna", a.id, longAgo);
        cluster.put("bert", b.id, longAgo);
        cluster.put("cleo", b.id, longAgo);
        String publication = a.publish("anna", "bert", "cleo", "dora");
        b.relayed(publication, "bert", "cleo");
        pass(2);
        a.hear("anna");
        b.hear("bert");

        pass(60);

        assertThat(mailed).containsExactlyInAnyOrder("cleo", "dora");
        assertThat(outcomes()).containsExactly(Outcome.PRESENT, Outcome.PRESENT, Outcome.SENT, Outcome.SENT);
        assertThat(outbox.all())
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.attempts()).as("waiting is no attempt").isEqualTo(1));
        assertThat(countedPresent).isEqualTo(2);
    }

    @Test
    void aMailIsLeftToItsLivePublisherForSomeTime() {
        Instant published = clock.instant();
        a.publish("anna");

        c.passAlone(14);
        assertThat(mailed).isEmpty();
        assertThat(entry().attempts()).isZero();
        assertThat(entry().dueAt()).isEqualTo(published.plus(HOLD).plus(PresenceConfirmation.PATIENCE));

        c.passAlone(1);
        assertThat(mailed).containsExactly("anna");
    }

    @Test
    void aUserWhoCameToAnotherServerSinceIsPresent() {
        cluster.put("anna", a.id, longAgo);
        a.publish("anna");
        pass(3);
        cluster.put("anna", b.id, clock.instant());
        a.die();

        c.passAlone(60);

        assertThat(mailed).isEmpty();
        assertThat(cluster.questions()).isEqualTo(1);
    }

    @Test
    void thePublisherToldWhereItsUserWentSendsNoMail() {
        cluster.put("anna", a.id, longAgo);
        a.publish("anna");
        pass(3);
        cluster.put("anna", b.id, clock.instant());

        a.passAlone(60);

        assertThat(mailed).isEmpty();
    }

    @Test
    void aUserWhoWasElsewhereBeforeIsWaitedForAndThenMailed() {
        cluster.put("bert", b.id, longAgo);
        a.publish("bert");

        a.passAlone(14);
        assertThat(mailed).isEmpty();

        a.passAlone(1);
        assertThat(mailed).containsExactly("bert");
    }

    @Test
    void aUserOnTheWayFromAStoppedServerIsWaitedFor() {
        Instant published = clock.instant();
        a.publish("bert");
        cluster.putBroken("bert", b.id, published.plusSeconds(20));
        b.die();

        a.passAlone(24);
        assertThat(mailed).isEmpty();
        assertThat(entry().attempts()).isZero();
        assertThat(entry().dueAt()).isEqualTo(published.plusSeconds(20).plus(HOLD));

        a.passAlone(1);
        assertThat(mailed).containsExactly("bert");
    }

    @Test
    void aUserWhoCameFromAStoppedServerGetsNoMail() {
        a.publish("bert");
        cluster.putBroken("bert", b.id, clock.instant().plusSeconds(20));
        b.die();
        a.passAlone(15);
        cluster.put("bert", c.id, clock.instant());

        a.passAlone(15);

        assertThat(entry().state()).isEqualTo(State.DONE);
        assertThat(mailed).isEmpty();
    }

    @Test
    void aUserWhoseConnectionBrokeLongAgoIsNotWaitedFor() {
        cluster.putBroken("bert", b.id, clock.instant().minus(HOLD));
        a.publish("bert");

        a.passAlone(5);

        assertThat(mailed).containsExactly("bert");
    }

    @Test
    void aLateReportEndsTheWait() {
        cluster.put("bert", b.id, longAgo);
        String publication = a.publish("bert");
        b.relayed(publication, "bert");
        a.passAlone(8);
        b.hear("bert");
        b.reporter.report();

        a.passAlone(2);

        assertThat(entry().state()).isEqualTo(State.DONE);
        assertThat(mailed).isEmpty();
    }

    @Test
    void presentUsersAreKeptWhileTheMailWaitsForOthers() {
        cluster.put("bert", b.id, longAgo);
        String publication = a.publish("anna", "bert");
        b.relayed(publication, "bert");
        pass(1);
        a.hear("anna");
        clock.pass(HOLD);
        a.worker.drain();
        a.die();

        assertThat(outcomes()).containsExactly(Outcome.PRESENT, Outcome.WAITING);
        c.passAlone(60);
        assertThat(mailed).containsExactly("bert");
    }

    @Test
    void afterAFailedPushTheRepetitionElsewhereCounts() {
        cluster.put("bert", b.id, longAgo);
        String publication = a.owe("bert");
        a.confirmation.notPushed(publication);
        b.relayed(publication, "bert");
        pass(1);
        a.hear("bert");
        assertThat(entry().state()).isEqualTo(State.OWED);
        b.hear("bert");
        b.reporter.report();

        a.passAlone(10);

        assertThat(mailed).isEmpty();
        assertThat(entry().state()).isEqualTo(State.DONE);
    }

    @Test
    void aMailWaitsWhileTheStoreCannotTellWhereUsersAre() {
        a.publish("anna");
        cluster.setDown(true);
        a.passAlone(30);
        assertThat(mailed).isEmpty();
        assertThat(entry().attempts()).isZero();

        cluster.setDown(false);
        a.passAlone(1);
        assertThat(mailed).containsExactly("anna");
    }

    @Test
    void aServerThatIsAloneAsksNobody() {
        Server alone = new Server("0a0a0a0a", clock, FakeCluster.alone());
        alone.publish("anna");
        cluster.setDown(true);

        alone.passAlone(5);

        assertThat(mailed).containsExactly("anna");
        assertThat(cluster.questions()).isZero();
    }

    @Test
    void aNewServerGivesClientsTimeToReturnIfThePublisherDied() {
        a.publish("anna", "bert");
        a.die();
        clock.pass(Duration.ofMinutes(1));
        Server d = new Server("0000000d", Clock.offset(clock, Duration.ofMinutes(-2)));

        d.passAlone(29);
        assertThat(mailed).isEmpty();
        d.hear("anna");

        d.passAlone(1);
        assertThat(mailed).containsExactly("bert");
    }

    @Test
    void aNewServerGivesNoTimeToReturnIfThePublisherLives() {
        a.publish("anna");
        clock.pass(Duration.ofMinutes(1));
        Server d = new Server("0000000d", Clock.offset(clock, Duration.ofMinutes(-2)));

        d.passAlone(1);

        assertThat(mailed).containsExactly("anna");
    }

    // Claims and time

    @Test
    void aClaimedMailIsNotTakenByAServerWhoseClockIsAhead() {
        a.oweAlways("anna");
        a.mailer.behaviour = entry -> {
            for (int i = 0; i < 10; i++) {
                clock.pass(Claims.RENEWAL);
                a.timer.turn();
                b.worker.drain();
                c.worker.drain();
            }
            return note(entry);
        };

        a.worker.drain();

        assertThat(mailed).containsExactly("anna");
        assertThat(entry().attempts()).isEqualTo(1);
        assertThat(entry().state()).isEqualTo(State.DONE);
    }

    @Test
    void aStoppedServerSendsNothingAfterItsClaimAndTheNextSendsOnce() {
        a.oweAlways("anna");
        a.mailer.whileOpening = () -> {
            a.mailer.whileOpening = () -> {};
            clock.pass(Claims.LEASE);
            b.worker.drain();
            assertThat(mailed).containsExactly("anna");
        };

        a.worker.drain();
        pass(300);

        assertThat(mailed).containsExactly("anna");
        assertThat(a.mailer.sent).isEmpty();
        assertThat(b.mailer.sent).hasSize(1);
        assertThat(a.timer.scheduled()).as("renewals").isZero();
    }

    @Test
    void aMailWhoseClaimIsNearlyOverIsDueWhenItEnds() {
        a.oweAlways("anna");
        Instant leaseEnd = clock.instant().plus(Claims.LEASE);
        a.mailer.whileOpening = () -> {
            a.mailer.whileOpening = () -> {};
            clock.pass(Claims.LEASE.minus(Claims.RESERVE).plusMillis(1));
        };

        a.worker.drain();

        assertThat(mailed).isEmpty();
        assertThat(entry().dueAt()).isEqualTo(leaseEnd);
        assertThat(entry().lastAnswer()).isEmpty();
        assertThat(countedRetried).isZero();
        assertThat(a.mailer.closed).as("the connection").isEqualTo(a.mailer.opened);
        pass(11);
        assertThat(mailed).containsExactly("anna");
    }

    @Test
    void aRenewedClaimMayBeSentLate() {
        a.oweAlways("anna");
        a.mailer.whileOpening = () -> {
            for (int i = 0; i < 10; i++) {
                clock.pass(Claims.RENEWAL);
                a.timer.turn();
            }
            clock.pass(Claims.LEASE.minus(Claims.RESERVE));
        };

        a.worker.drain();

        assertThat(a.mailer.sent).hasSize(1);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.pass(Duration.ofSeconds(1));
            servers.forEach(Server::work);
        }
    }

    private OutboxEntry<OwedMail> entry() {
        assertThat(outbox.all()).hasSize(1);
        return outbox.all().get(0);
    }

    private List<Outcome> outcomes() {
        return FakeMailer.outcomes(entry());
    }

    private MailReceipt note(OutboxEntry<OwedMail> entry) {
        entry.owed().waiting().forEach(one -> mailed.add(one.userId()));
        return FakeMailer.takesAll(entry);
    }

    /** What one server has of its own. */
    private final class Server {
        final String id;
        final FakeMailer mailer = new FakeMailer();
        final HandTimer timer = new HandTimer();
        final PresenceConfirmation confirmation;
        final PresenceReporter reporter;
        final OutboxWorker worker;
        private final Clock own;
        private final StoreClock time;
        private final Map<String, Instant> lastHeard = new HashMap<>();
        private boolean dead;

        Server(String id, Clock own) {
            this(id, own, cluster.start(id));
        }

        Server(String id, Clock own, Presence others) {
            this.id = id;
            this.own = own;
            this.time = cluster.clock(own);
            this.confirmation = new PresenceConfirmation(this::heardSince, HOLD, own, time, others);
            this.reporter = new PresenceReporter(
                    outbox, this::heardSince, HOLD, own, time, others, FakeCluster.nanoTime(clock));
            this.worker = new OutboxWorker(
                    new Claims<>(outbox, timer, time, FakeCluster.nanoTime(clock)),
                    mailer,
                    new AttemptOutcome(new RetrySchedule(() -> 0L), new CountingPresent(), time),
                    confirmation,
                    OwedMails.ALL_NEEDED);
            mailer.behaviour = SeveralServersTest.this::note;
            servers.add(this);
        }

        private boolean heardSince(String user, Instant since) {
            return lastHeard.getOrDefault(user, Instant.MIN).isAfter(since);
        }

        /** Owes held mail and pushes. */
        String publish(String... users) {
            String publication = owe(users);
            confirmation.asked(publication);
            reporter.watch(publication, List.of(users));
            return publication;
        }

        String owe(String... users) {
            String publication = new NotificationIds(time, () -> id).reserve(users.length);
            confirmation.expected(publication);
            Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
            MailPlan plan = new MailPlan(publication, OwedMails.MAIL, now, 50, Map.of());
            outbox.owe(plan.holdBack(OwedMails.addressees(users), now.plus(HOLD)));
            return publication;
        }

        void oweAlways(String user) {
            outbox.owe(List.of(OwedMails.entry("any", time.instant(), user)));
        }

        void relayed(String publication, String... users) {
            confirmation.relayed(publication);
            reporter.watch(publication, List.of(users));
        }

        void hear(String user) {
            lastHeard.put(user, own.instant());
        }

        void die() {
            dead = true;
            cluster.kill(id);
        }

        void work() {
            if (!dead) {
                reporter.report();
                worker.drain();
            }
        }

        /** The other servers do not look at the outbox meanwhile. */
        void passAlone(int seconds) {
            for (int i = 0; i < seconds; i++) {
                clock.pass(Duration.ofSeconds(1));
                work();
            }
        }
    }

    private final class CountingPresent implements Meters {
        @Override
        public void mail(MailOutcome outcome, int recipients) {
            if (outcome == MailOutcome.PRESENT) {
                countedPresent += recipients;
            } else if (outcome == MailOutcome.RETRIED) {
                countedRetried += recipients;
            }
        }

        @Override
        public void stored(int notifications) {}

        @Override
        public void pushed(int envelopes) {}

        @Override
        public void slowSessionClosed() {}

        @Override
        public void published(Duration took) {}
    }
}
