package org.wsnotify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wsnotify.HandClock;
import org.wsnotify.meter.Meters;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.AttemptOutcome;
import org.wsnotify.outbox.Claims;
import org.wsnotify.outbox.HandTimer;
import org.wsnotify.outbox.MailPlan;
import org.wsnotify.outbox.MemoryOutbox;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.outbox.OutboxWorker;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.outbox.RetrySchedule;
import org.wsnotify.smtp.SmtpSettings.Security;

/** A mail server that takes only so many mails over a connection, or only so many recipients in a mail (RFC 5321). */
class SmtpLimitsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final SmtpStub server = new SmtpStub();
    private final MemoryOutbox outbox = new MemoryOutbox();
    private final HandClock clock = new HandClock();
    private final OutboxWorker worker = worker();

    SmtpLimitsTest() throws IOException {}

    @AfterEach
    void closeServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closedConnectionIsReplacedAtOnce(boolean unasked) {
        server.mailsOfAConnection = 3;
        server.saysGoodbyeUnasked = unasked;
        IntStream.range(0, 10)
                .forEach(i -> outbox.owe(List.of(Mails.entry("e-" + i, Mails.PLAIN, "u" + i + "@a.example"))));

        worker.drain();

        assertThat(server.received)
                .extracting(SmtpStub.Received::connection)
                .containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3, 4);
        assertThat(outbox.all()).allMatch(entry -> entry.state() == State.DONE && entry.attempts() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RCPT", "DATA"})
    void connectionClosedWithinAMailIsReplaced(String command) {
        server.closesAfterAMailAt = command;
        owe(1, "a");
        owe(2, "b");
        owe(2, "c");

        worker.drain();

        assertThat(server.received).extracting(SmtpStub.Received::connection).containsExactly(1, 2, 3);
        assertThat(server.received).extracting(mail -> mail.recipients().size()).containsExactly(1, 2, 2);
        assertThat(outbox.all()).allMatch(entry -> entry.state() == State.DONE && entry.attempts() == 1);
    }

    @Test
    void textAnsweredWith421IsResentAtOnce() {
        owe(1, "a");
        owe(1, "b");
        server.answerText("250 taken").answerText("421 4.3.2 shutting down");

        worker.drain();

        assertThat(server.received).extracting(SmtpStub.Received::connection).containsExactly(1, 1, 2);
        assertThat(outbox.entry("b-1").state()).isEqualTo(State.DONE);
    }

    @Test
    void closedNewConnectionIsAnOutage() {
        server.answer("MAIL", "421 4.7.0 Too many mails on this connection");
        owe(1, "a");
        owe(1, "b");

        worker.drain();

        assertThat(server.connections()).isEqualTo(1);
        assertThat(outbox.entry("a-1").lastAnswer()).isEqualTo("421 4.7.0 Too many mails on this connection");
        assertThat(outbox.entry("a-1").dueAt()).isEqualTo(clock.instant().plusSeconds(30));
        assertThat(outbox.entry("b-1").attempts()).isZero();
    }

    @Test
    void mailThatMayHaveArrivedIsNotResentAtOnce() {
        owe(1, "a");
        owe(1, "b");
        server.answerText("250 taken").answerText(SmtpStub.DROP);

        worker.drain();

        assertThat(server.received).hasSize(2);
        assertThat(outbox.entry("b-1").dueAt()).isAfter(clock.instant());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"452 4.5.3 Error: too many recipients", "451 4.5.3 later", "452 Too many recipients", "552 no"})
    void recipientsBeyondTheLimitGetTheNextMailAtOnce(String words) {
        server.recipientsOfAMail = 10;
        server.tooMany = words;
        owe(50, "a");

        worker.drain();

        assertThat(server.received).extracting(mail -> mail.recipients().size()).containsExactly(10, 10, 10, 10, 10);
        assertThat(server.received.stream().flatMap(mail -> mail.recipients().stream()))
                .hasSize(50)
                .doesNotHaveDuplicates();
        assertThat(recipientsGiven()).as("the size is learned").isEqualTo(50 + 4 * 10);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(outbox.entry("a-1").state()).isEqualTo(State.DONE);
        assertThat(outbox.entry("a-1").attempts()).isEqualTo(1);
    }

    @Test
    void eachPartIsStoredBeforeTheNextOneIsSent() {
        server.recipientsOfAMail = 10;
        owe(30, "a");
        server.beforeText = () -> assertThat(outbox.entry("a-1").owed().waiting())
                .as("what a killed server would send again")
                .hasSize(30 - 10 * server.received.size() + 10);

        worker.drain();

        assertThat(server.received).hasSize(3);
        assertThat(server.failures).isEmpty();
    }

    @Test
    void delayedRecipientDoesNotDelayThoseBeyondTheLimit() {
        server.recipientsOfAMail = 10;
        server.answer("RCPT TO:<u0@", "450 4.2.0 greylisted");
        owe(25, "a");

        worker.drain();

        assertThat(server.received.stream().flatMap(mail -> mail.recipients().stream()))
                .hasSize(24)
                .doesNotHaveDuplicates();
        assertThat(outbox.entry("a-1").owed().waiting()).hasSize(1);
        assertThat(outbox.entry("a-1").dueAt()).isEqualTo(clock.instant().plusSeconds(30));
        assertThat(recipientsGiven()).isEqualTo(25 + 10 + 4);
    }

    @Test
    void delayedFirstPartDoesNotDelayTheRest() {
        server.recipientsOfAMail = 2;
        owe(3, "a");
        worker.drain();
        IntStream.range(0, 2).forEach(i -> server.answer("RCPT TO:<u" + i + "@", "450 4.2.0 greylisted"));
        owe(5, "b");

        worker.drain();

        assertThat(outbox.entry("b-1").owed().waiting()).hasSize(2);
        assertThat(outbox.entry("b-1").dueAt()).isEqualTo(clock.instant().plusSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"452 4.2.2 mailbox full", "452 mailbox full", "450 4.2.0 greylisted", "452 4.3.1 no space"})
    void recipientRefusedForAnotherReasonIsRetried(String words) {
        server.answer("RCPT TO:<u2@", words);
        owe(3, "a");
        owe(3, "b");

        worker.drain();

        assertThat(recipientsGiven()).isEqualTo(6);
        assertThat(outbox.entry("a-1").owed().waiting()).hasSize(1);
        assertThat(outbox.entry("a-1").dueAt()).isEqualTo(clock.instant().plusSeconds(30));
        assertThat(server.received).extracting(mail -> mail.recipients().size()).containsExactly(2, 2);
    }

    @Test
    void recipientLimitIsForgottenAfterAnHour() {
        long[] now = {0};
        RecipientLimit limit = new RecipientLimit(() -> now[0]);
        assertThat(limit.most()).isEqualTo(Integer.MAX_VALUE);

        limit.learn(10);
        now[0] += RecipientLimit.REMEMBERED.toNanos();
        assertThat(limit.most()).isEqualTo(10);
        now[0]++;
        assertThat(limit.most()).isEqualTo(Integer.MAX_VALUE);
    }

    private long recipientsGiven() {
        return server.commands.stream().filter(line -> line.startsWith("RCPT")).count();
    }

    private void owe(int recipients, String publication) {
        List<Addressee> all = IntStream.range(0, recipients)
                .mapToObj(i -> Addressee.waiting("u" + i, "n" + i, "u" + i + "@a.example"))
                .toList();
        List<OutboxEntry<OwedMail>> entries =
                new MailPlan(publication, Mails.PLAIN, clock.instant(), 50, Map.of()).owe(all, false);
        outbox.owe(entries);
    }

    private OutboxWorker worker() {
        SmtpMailer mailer = new SmtpMailer(new SmtpSettings(
                "127.0.0.1",
                server.port(),
                Security.NONE,
                "",
                "",
                "bell@shop.example",
                Optional.empty(),
                LIMIT,
                LIMIT,
                LIMIT));
        return new OutboxWorker(
                new Claims<>(outbox, new HandTimer(), clock),
                mailer,
                new AttemptOutcome(new RetrySchedule(() -> 0L), Meters.NONE, clock),
                Mails.nobodyThere(clock),
                OwedMails.ALL_NEEDED);
    }
}
