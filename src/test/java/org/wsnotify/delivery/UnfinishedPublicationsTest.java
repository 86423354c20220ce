package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wsnotify.delivery.DeliveryFixture.mailed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.AttemptOutcome;
import org.wsnotify.outbox.Claims;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MemoryOutbox.Fails;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxWorker;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.outbox.PresenceReporter;
import org.wsnotify.outbox.RetrySchedule;
import org.wsnotify.outbox.SendPermit;
import org.wsnotify.presence.FakeCluster;
import org.wsnotify.presence.StoreClocks;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.RecordingSession;

/** Publications whose mail was stored, while the publisher was told that it failed. */
class UnfinishedPublicationsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private final List<String> mailed = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private DeliveryFixture fixture;
    private RecordingSession anna;
    private OutboxWorker worker;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(directory);
        anna = fixture.online("anna");
        worker = new OutboxWorker(
                new Claims<>(fixture.outbox, timer, fixture.clock),
                RecordingConnection::new,
                new AttemptOutcome(new RetrySchedule(() -> 0L), Meters.NONE, fixture.clock),
                fixture.presenceConfirmation,
                OwedMails.ALL_NEEDED);
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        fixture.close();
    }

    @Test
    void aUserWhoAnswersTheLatePushGetsNoMail() {
        fails(mailed(false, "anna"));
        anna.heardAt(fixture.clock.instant());
        fixture.clock.pass(SECOND);

        fixture.unfinished.push();
        assertThat(anna.sent(Envelope.Notifications.class)).hasSize(1);
        assertThat(anna.probes()).isEqualTo(1);
        fixture.clock.pass(SECOND);
        anna.heardAt(fixture.clock.instant());
        holdPasses();

        assertThat(mailed).isEmpty();
        assertThat(entry().owed().count(Addressee.Outcome.PRESENT)).isEqualTo(1);
    }

    @Test
    void aUserWhoDoesNotAnswerTheLatePushIsMailed() {
        fails(mailed(false, "anna"));
        fixture.clock.pass(SECOND);
        anna.heardAt(fixture.clock.instant());

        fixture.unfinished.push();
        fixture.clock.pass(DeliveryFixture.HOLD.minusMillis(1));
        worker.drain();
        assertThat(mailed).isEmpty();

        fixture.clock.pass(SECOND);
        worker.drain();
        assertThat(mailed).containsExactly("anna");
    }

    @Test
    void usersAreAskedOnceHoweverOftenItIsPushed() {
        fails(mailed(false, "anna"));
        fixture.unfinished.push();
        fixture.clock.pass(SECOND);
        anna.heardAt(fixture.clock.instant());
        fixture.clock.pass(SECOND);

        fixture.unfinished.push();
        holdPasses();

        assertThat(anna.probes()).isEqualTo(1);
        assertThat(mailed).isEmpty();
    }

    @Test
    void nobodyIsAskedIfNoMailCanBeHeld() {
        fails(mailed(true, "anna"));
        fixture.unfinished.push();

        assertThat(anna.sent(Envelope.Notifications.class)).hasSize(1);
        assertThat(anna.probes()).isZero();
    }

    @Test
    void otherServersAreToldWhoAnswered() {
        fails(mailed(false, "anna"));
        PresenceReporter reporter = new PresenceReporter(
                fixture.outbox,
                fixture.registry::heardSince,
                DeliveryFixture.HOLD,
                fixture.clock,
                StoreClocks.own(fixture.clock),
                new FakeCluster(fixture.clock).start("0000000a"));
        UnfinishedPublications unfinished = new UnfinishedPublications(
                new StoredPushes(fixture.store, fixture.devices, fixture.clock),
                fixture.devices,
                fixture.presenceConfirmation,
                reporter);
        String publication = entry().owed().publication();
        unfinished.add(publication, List.of(new NotificationKey("anna", publication)), true);

        unfinished.push();
        fixture.clock.pass(SECOND);
        anna.heardAt(fixture.clock.instant());
        reporter.report();

        assertThat(fixture.outbox.reported(entry().id())).containsExactly("anna");
    }

    /** The outbox stores the mail, but cannot say so. */
    private void fails(Publication publication) {
        fixture.outbox.fails(Fails.AFTER_STORING);
        assertThatThrownBy(() -> fixture.notifier().publish(publication)).isInstanceOf(StoreUnavailableException.class);
        fixture.outbox.fails(Fails.NEVER);
    }

    private OutboxEntry<OwedMail> entry() {
        assertThat(fixture.outbox.all()).hasSize(1);
        return fixture.outbox.all().get(0);
    }

    private void holdPasses() {
        fixture.clock.pass(DeliveryFixture.HOLD);
        worker.drain();
    }

    private final class RecordingConnection implements MailConnection {
        @Override
        public MailReceipt send(OutboxEntry<OwedMail> entry, SendPermit permit) {
            List<Addressee> waiting = entry.owed().waiting();
            waiting.forEach(one -> mailed.add(one.userId()));
            Set<String> all = waiting.stream().map(Addressee::email).collect(Collectors.toSet());
            return new MailReceipt(all, Set.of(), "250 taken");
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}
