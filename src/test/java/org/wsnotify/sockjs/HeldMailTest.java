package org.wsnotify.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.conversation.Conversations;
import org.wsnotify.conversation.FairExecutor;
import org.wsnotify.conversation.RequestQueues;
import org.wsnotify.delivery.DeliveryFixture;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.mail.Mail;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.AttemptOutcome;
import org.wsnotify.outbox.Claims;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxWorker;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.outbox.RetrySchedule;
import org.wsnotify.outbox.SendPermit;
import org.wsnotify.session.ConnectionQuota;
import org.wsnotify.wire.EnvelopeFormat;
import org.wsnotify.wire.SessionOpener;

/**
 * The mail to somebody who seems to be there over HTTP: owed to one whose connection is dead, not to one who goes on
 * asking.
 */
class HeldMailTest {

    private static final String JOIN =
            "[\"{\\\"name\\\":\\\"join\\\",\\\"data\\\":{\\\"login\\\":\\\"anna\\\",\\\"password\\\":\\\"p\\\"}}\"]";

    @TempDir
    Path directory;

    private final List<String> mailed = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private DeliveryFixture delivery;
    private SockJsFixture service;
    private OutboxWorker worker;

    @BeforeEach
    void open() {
        delivery = new DeliveryFixture(directory);
        delivery.clock.ticks(Duration.ofMillis(1));
        RequestQueues queues = new RequestQueues(atOnce(), atOnce(), 10);
        Conversations conversations = delivery.conversations(queues);
        service = new SockJsFixture(
                new SessionOpener(
                        EnvelopeFormat.STRING,
                        delivery.registry,
                        new ConnectionQuota(10, 10),
                        conversations,
                        delivery.clock),
                SockJsFixture.OPTIONS,
                delivery.clock);
        AttemptOutcome attemptOutcome = new AttemptOutcome(new RetrySchedule(() -> 0L), Meters.NONE, delivery.clock);
        worker = new OutboxWorker(
                new Claims<>(delivery.outbox, timer, delivery.clock),
                RecordingConnection::new,
                attemptOutcome,
                delivery.presenceConfirmation,
                OwedMails.ALL_NEEDED);
    }

    @AfterEach
    void close() {
        timer.shutdownNow();
        delivery.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xhr", "xhr_streaming"})
    void deadConnectionGetsTheMail(String transport) {
        RecordingResponse dead = joined(transport);

        assertThat(publish()).isEqualTo(MailStatus.HELD);
        assertThat(dead.body()).contains("hello");
        holdPasses();

        assertThat(mailed).containsExactly("anna@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xhr", "xhr_streaming"})
    void connectionThatBreaksUnderThePushGetsTheMail(String transport) {
        joined(transport).broken = true;

        assertThat(publish()).isEqualTo(MailStatus.HELD);
        service.delays.pass();
        assertThat(delivery.registry.isOnline("anna")).isFalse();
        holdPasses();

        assertThat(mailed).containsExactly("anna@example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xhr", "xhr_streaming"})
    void clientThatAsksForTheNextFrameGetsNoMail(String transport) {
        joined(transport);

        assertThat(publish()).isEqualTo(MailStatus.HELD);
        delivery.clock.pass(Duration.ofSeconds(1));
        ask(transport);
        holdPasses();

        assertThat(mailed).isEmpty();
    }

    @Test
    void clientThatDoesNotPollAgainGetsTheMail() {
        joined("xhr");
        delivery.notifier().publish(DeliveryFixture.publication("ends the poll", "anna"));
        delivery.clock.pass(Duration.ofSeconds(1));

        assertThat(publish()).isEqualTo(MailStatus.HELD);
        holdPasses();

        assertThat(mailed).containsExactly("anna@example.org");
    }

    /** The response that is open for anna, a second after she joined. */
    private RecordingResponse joined(String transport) {
        service.poll("s");
        service.send("s", JOIN);
        delivery.settle();
        assertThat(service.poll("s").body()).contains("joined");
        RecordingResponse open = ask(transport);
        delivery.clock.pass(Duration.ofSeconds(1));
        return open;
    }

    private RecordingResponse ask(String transport) {
        return service.receive("POST", "/000/s/" + transport);
    }

    private MailStatus publish() {
        return delivery.notifier().publish(publication()).lines().get(0).mail();
    }

    private static Publication publication() {
        Mail mail = new Mail("subject", "text", "1.0", "text/plain; charset=UTF-8");
        return new Publication(
                Message.of("hello"),
                List.of(new Recipient("anna", "anna@example.org")),
                Optional.of(new Publication.MailRequest(mail, false)));
    }

    private void holdPasses() {
        delivery.clock.pass(DeliveryFixture.HOLD);
        service.service.sweep();
        worker.drain();
    }

    private final class RecordingConnection implements MailConnection {
        @Override
        public MailReceipt send(OutboxEntry<OwedMail> entry, SendPermit permit) {
            Set<String> all = new HashSet<>();
            entry.owed().waiting().forEach(one -> all.add(one.email()));
            mailed.addAll(all);
            return new MailReceipt(all, Set.of(), "250 taken");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private static FairExecutor atOnce() {
        return new FairExecutor(Runnable::run, 10, 10, 10);
    }
}
