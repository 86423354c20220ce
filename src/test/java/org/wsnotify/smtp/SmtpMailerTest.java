package org.wsnotify.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.Ports;
import org.wsnotify.mail.Mail;
import org.wsnotify.meter.Meters;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.AttemptOutcome;
import org.wsnotify.outbox.ClaimEndedException;
import org.wsnotify.outbox.Claims;
import org.wsnotify.outbox.HandTimer;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailPlan;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.MemoryOutbox;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.outbox.OutboxWorker;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.outbox.RetrySchedule;
import org.wsnotify.outbox.SendPermit;
import org.wsnotify.presence.FakeCluster;
import org.wsnotify.smtp.SmtpSettings.Security;

class SmtpMailerTest {
    private static final String ANNA = "anna@a.example";
    private static final String BERT = "bert@b.example";
    private static final String CLEO = "cleo@c.example";

    private final SmtpStub server = new SmtpStub();
    private int port = server.port();
    private Duration limit = Duration.ofSeconds(10);
    private Optional<String> ehlo = Optional.empty();

    SmtpMailerTest() throws IOException {}

    @AfterEach
    void closeServer() throws IOException {
        server.close();
    }

    @Test
    void recipientsAreOnlyInTheEnvelope() throws Exception {
        MailReceipt receipt = send(Mails.entry("e-1", Mails.PLAIN, ANNA, BERT));

        assertThat(receipt.sent()).containsExactlyInAnyOrder(ANNA, BERT);
        assertThat(receipt.refused()).isEmpty();
        SmtpStub.Received received = server.received.get(0);
        assertThat(received.from()).isEqualTo("bell@shop.example");
        assertThat(received.recipients()).containsExactly(ANNA, BERT);
        assertThat(received.text()).doesNotContainIgnoringCase("anna").doesNotContainIgnoringCase("b.example");
        assertThat(received.text()).doesNotContainIgnoringCase("bcc");
        MimeMessage message = Mails.parsed(received);
        assertThat(message.getHeader("To", null)).isEqualTo("undisclosed-recipients:;");
    }

    @Test
    void headersNameSenderDateAndSubject() throws Exception {
        send(Mails.entry("e-1", new Mail("Hello", "x", "1.1", "text/plain; format=flowed"), ANNA));

        MimeMessage message = arrived(0);
        assertThat(message.getHeader("From", null)).isEqualTo("The bell <bell@shop.example>");
        assertThat(message.getSentDate()).isEqualTo("2026-03-01T12:00:00.000Z");
        assertThat(message.getMessageID()).isEqualTo("<e-1@shop.example>");
        assertThat(message.getHeader("MIME-Version", null)).isEqualTo("1.1");
        assertThat(message.getContentType()).isEqualTo("text/plain; charset=UTF-8; format=flowed");
        assertThat(message.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(message.getHeader("X-Auto-Response-Suppress", null)).isEqualTo("All");
        assertThat(message.getHeader("Subject")).containsExactly("Hello");
    }

    @Test
    void ehloUsesTheConfiguredName() throws Exception {
        ehlo = Optional.of("[192.0.2.1]");

        send(Mails.entry("e-1", Mails.PLAIN, ANNA));

        assertThat(server.commands).first().isEqualTo("EHLO [192.0.2.1]");
    }

    @Test
    void ehloDefaultsToADomainOrAnAddress() throws Exception {
        send(Mails.entry("e-1", Mails.PLAIN, ANNA));

        assertThat(server.commands).first().asString().matches("EHLO (\\S+\\.\\S+|\\[IPv6:\\S+])");
    }

    @Test
    void unicodeSurvivesInSubjectAndBody() throws Exception {
        String subject =
                "Gr\u00fc\u00dfe, \u4f60\u597d \ud83d\udd14 ".repeat(10).strip();
        String content =
                "Zo\u00eb \ud83d\udd14 \u05d0\r\n.\r\n..dots\r\nFrom here\r\n" + "\u4f60".repeat(2000) + "\r\n";

        send(Mails.entry("e-1", new Mail(subject, content, "1.0", "text/plain"), ANNA));

        MimeMessage message = arrived(0);
        assertThat(message.getSubject()).isEqualTo(subject);
        assertThat(message.getContent().toString().stripTrailing()).isEqualTo(content.stripTrailing());
        assertThat(server.received.get(0).text().chars()).allMatch(c -> c < 128);
        assertThat(server.received.get(0).text().lines()).allMatch(line -> line.length() <= 998);
    }

    @Test
    void dotsLineEndsAndLongLinesSurvive() throws Exception {
        String content = ".\n..\rx\r\n" + "y".repeat(5000) + "\n.";

        send(Mails.entry("e-1", new Mail("s", content, "1.0", "text/plain"), ANNA));

        assertThat(arrived(0).getContent().toString().stripTrailing())
                .isEqualTo(content.replaceAll("\r\n|\r|\n", "\r\n"));
        assertThat(server.received.get(0).text()).doesNotContain("[bare LF]");
        assertThat(server.received.get(0).text().lines()).allMatch(line -> line.length() <= 998);
    }

    @Test
    void charsetOfThePublisherIsUsed() throws Exception {
        send(Mails.entry("e-1", new Mail("s", "\u00e9t\u00e9", "1.0", "text/plain; charset=iso-8859-1"), ANNA));
        send(Mails.entry("e-2", new Mail("s", "\u4f60", "1.0", "text/plain; charset=iso-8859-1"), ANNA));
        send(Mails.entry("e-3", new Mail("s", "x\ny", "1.0", "text/plain; charset=utf-16"), ANNA));

        assertThat(arrived(0).getContentType()).containsIgnoringCase("iso-8859-1");
        assertThat(arrived(0).getContent()).asString().contains("\u00e9t\u00e9");
        assertThat(arrived(1).getContent()).asString().contains("\u4f60");
        assertThat(arrived(2).getContent()).asString().contains("x\r\ny");
    }

    @Test
    void headerCannotBeInjected() throws Exception {
        List<Mail> bad = List.of(
                new Mail("s\r\nBcc: x@x.example", "c", "1.0", "text/html"),
                new Mail("s\nX: y", "c", "1.0", "text/html"),
                new Mail("s", "c", "1.0\r\nX: y", "text/html"),
                new Mail("s", "c", "1.0", "text/html\r\nX: y"),
                new Mail("s", "c", "1.0", "text/html; charset=\"utf-8\r\nX: y\""));
        try (MailConnection connection = mailer().open()) {
            for (Mail mail : bad) {
                assertThatThrownBy(() -> connection.send(Mails.entry("e", mail, ANNA), Mails.PERMITTED))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(server.received).isEmpty();
    }

    @Test
    void anyEntryIdMakesAValidMessageId() throws Exception {
        send(Mails.entry("e 1>\r\nX: y", Mails.PLAIN, ANNA));

        assertThat(arrived(0).getMessageID()).matches("<[0-9a-f-]{36}@shop\\.example>");
        assertThat(arrived(0).getHeader("X")).isNull();
    }

    @Test
    void chunksOfAPublicationShareAConnection() {
        MemoryOutbox outbox = new MemoryOutbox();
        HandClock clock = new HandClock();
        List<Addressee> recipients = IntStream.range(0, 120)
                .mapToObj(i -> Addressee.waiting("u" + i, "n" + i, "u" + i + "@people.example"))
                .toList();
        outbox.owe(new MailPlan("f1", Mails.PLAIN, clock.instant(), 50, Map.of()).owe(recipients, false));

        worker(outbox, clock).drain();

        assertThat(server.received).extracting(mail -> mail.recipients().size()).containsExactly(50, 50, 20);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.received.stream().flatMap(mail -> mail.recipients().stream()))
                .containsExactlyElementsOf(
                        recipients.stream().map(Addressee::email).toList());
        assertThat(server.received).allSatisfy(mail -> assertThat(mail.text()).doesNotContain("people.example"));
        await().atMost(Duration.ofSeconds(5)).until(() -> server.commands.contains("QUIT"));
    }

    @Test
    void refusedRecipientsDoNotAffectTheOthers() throws Exception {
        server.answer("RCPT TO:<" + BERT, "550 5.1.1 <" + BERT + "> no such user")
                .answer("RCPT TO:<" + CLEO, "450 4.2.0 greylisted");

        MailReceipt receipt = send(Mails.entry("e-1", Mails.PLAIN, ANNA, BERT, CLEO));

        assertThat(receipt.sent()).containsExactly(ANNA);
        assertThat(receipt.refused()).containsExactly(BERT);
        assertThat(receipt.answer())
                .contains("550 5.1.1")
                .contains("no such user")
                .doesNotContain("@");
        assertThat(receipt.replies())
                .isEqualTo(Map.of(BERT, "550 5.1.1 <...> no such user", CLEO, "450 4.2.0 greylisted"));
        assertThat(server.received.get(0).recipients()).containsExactly(ANNA);
    }

    @Test
    void refusalOfAllDoesNotAffectTheNextMail() throws Exception {
        server.answer("RCPT TO:<" + BERT, "551 5.1.6 moved").answer("RCPT TO:<" + CLEO, "452 4.2.2 full");
        try (MailConnection connection = mailer().open()) {
            MailReceipt receipt = connection.send(Mails.entry("e-1", Mails.PLAIN, BERT, CLEO), Mails.PERMITTED);

            assertThat(receipt.sent()).isEmpty();
            assertThat(receipt.refused()).containsExactly(BERT);
            assertThat(receipt.answer()).startsWith("551");
            assertThat(receipt.replies()).isEqualTo(Map.of(BERT, "551 5.1.6 moved", CLEO, "452 4.2.2 full"));
            assertThat(connection
                            .send(Mails.entry("e-2", Mails.PLAIN, ANNA), Mails.PERMITTED)
                            .sent())
                    .containsExactly(ANNA);
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void permanentRefusalOfTheTextRefusesAll() throws Exception {
        server.answerText("554 5.7.1 looks like spam");
        try (MailConnection connection = mailer().open()) {
            MailReceipt receipt = connection.send(Mails.entry("e-1", Mails.PLAIN, ANNA, BERT), Mails.PERMITTED);

            assertThat(receipt.sent()).isEmpty();
            assertThat(receipt.refused()).containsExactlyInAnyOrder(ANNA, BERT);
            assertThat(receipt.answer()).isEqualTo("554 5.7.1 looks like spam");
            assertThat(receipt.replies()).isEmpty();
            assertThat(connection
                            .send(Mails.entry("e-2", Mails.PLAIN, ANNA), Mails.PERMITTED)
                            .sent())
                    .containsExactly(ANNA);
        }
    }

    @Test
    void temporaryRefusalOfTheTextDelaysAll() throws Exception {
        server.answerText("451 4.3.0 try later");

        MailReceipt receipt = send(Mails.entry("e-1", Mails.PLAIN, ANNA, BERT));

        assertThat(receipt.sent()).isEmpty();
        assertThat(receipt.refused()).isEmpty();
        assertThat(receipt.answer()).isEqualTo("451 4.3.0 try later");
    }

    @Test
    void delayedRecipientOutlivesARefusedText() throws Exception {
        server.answer("RCPT TO:<" + BERT, "550 no")
                .answer("RCPT TO:<" + CLEO, "450 later")
                .answerText("554 spam");

        MailReceipt receipt = send(Mails.entry("e-1", Mails.PLAIN, ANNA, BERT, CLEO));

        assertThat(receipt.sent()).isEmpty();
        assertThat(receipt.refused()).containsExactly(BERT);
    }

    @Test
    void refusedSenderMakesTheServerUnavailable() {
        server.answer("MAIL", "550 5.7.1 who are you");

        assertUnavailable("550 5.7.1 who are you");
    }

    @Test
    void serverThatRefusesDataIsUnavailable() {
        server.answer("DATA", "554 5.5.1 not now");

        assertUnavailable("554 5.5.1 not now");
    }

    @Test
    void connectionLostBeforeTheTextIsUnavailable() {
        server.answer("RCPT", SmtpStub.DROP);

        assertUnavailable("the connection was closed");
    }

    @Test
    void connectionLostAfterTheTextLeadsToTheSameMailAgain() throws Exception {
        server.answerText(SmtpStub.DROP);
        OutboxEntry<OwedMail> entry = Mails.entry("e-1", Mails.PLAIN, ANNA);
        assertThatThrownBy(() -> send(entry)).isInstanceOf(MailUnavailableException.class);

        send(entry.claimedUntil(Mails.CREATED.plusSeconds(60)));

        assertThat(server.received).hasSize(2);
        assertThat(arrived(0).getMessageID()).isEqualTo("<e-1@shop.example>");
        assertThat(server.received.get(1).text())
                .isEqualTo(server.received.get(0).text());
    }

    @Test
    void serverSilentAfterTheTextIsUnavailableAfterATimeout() {
        server.answerText(SmtpStub.HANG);
        limit = Duration.ofMillis(700);

        assertUnavailable("Read timed out");
    }

    @Test
    void serverThatNeverGreetsIsUnavailableAfterATimeout() {
        server.greeting = SmtpStub.HANG;
        limit = Duration.ofMillis(700);

        assertUnavailable("Read timed out");
    }

    @Test
    void serverThatIsBusyIsUnavailable() {
        server.greeting = "421 too many connections";

        assertUnavailable("421");
    }

    @Test
    void serverThatTalksNonsenseIsUnavailable() {
        server.answer("MAIL", "what?");

        assertUnavailable("");
    }

    @Test
    void nobodyListeningIsUnavailable() throws IOException {
        try (Socket nobody = Ports.refusing()) {
            port = nobody.getLocalPort();

            assertUnavailable("refused");
        }
    }

    @Test
    void deadConnectionIsUnavailable() throws Exception {
        server.answer("RSET", SmtpStub.DROP).answerText("451 bye");
        try (MailConnection connection = mailer().open()) {
            assertThatThrownBy(() -> {
                        connection.send(Mails.entry("e-1", Mails.PLAIN, ANNA), Mails.PERMITTED);
                        connection.send(Mails.entry("e-2", Mails.PLAIN, ANNA), Mails.PERMITTED);
                    })
                    .isInstanceOf(MailUnavailableException.class);
        }
    }

    @Test
    void deadServerIsRetriedWithTheSameMessageIdByTheWorker() throws Exception {
        MemoryOutbox outbox = new MemoryOutbox();
        HandClock clock = new HandClock();
        outbox.owe(List.of(Mails.entry("e-1", Mails.PLAIN, ANNA)));
        server.answerText(SmtpStub.DROP);
        OutboxWorker worker = worker(outbox, clock);

        worker.drain();
        assertThat(outbox.entry("e-1").state()).isEqualTo(State.OWED);
        clock.pass(Duration.ofSeconds(30));
        worker.drain();

        assertThat(outbox.entry("e-1").state()).isEqualTo(State.DONE);
        assertThat(arrived(1).getMessageID()).isEqualTo(arrived(0).getMessageID());
    }

    @Test
    void unicodeDomainsAreSentAsAsciiAndSettledAsWritten() throws Exception {
        String written = "otto@B\u00dcCHER.example";

        MailReceipt receipt = send(Mails.entry("e-1", Mails.PLAIN, written, "otto@b\u00fccher.example"));

        assertThat(server.received.get(0).recipients()).containsExactly("otto@xn--bcher-kva.example");
        assertThat(receipt.sent()).containsExactlyInAnyOrder(written, "otto@b\u00fccher.example");
    }

    @Test
    void invalidAddressIsRefusedAndNeverSent() throws Exception {
        String letters = "j\u00f6rg@a.example";
        String injection = "x@a.example>\r\nRCPT TO:<y@a.example";

        MailReceipt receipt = send(Mails.entry("e-1", Mails.PLAIN, letters, ANNA, injection));
        MailReceipt nobody = send(Mails.entry("e-2", Mails.PLAIN, letters));

        assertThat(receipt.sent()).containsExactly(ANNA);
        assertThat(receipt.refused()).containsExactlyInAnyOrder(letters, injection);
        assertThat(receipt.replies()).containsEntry(letters, "the address is invalid");
        assertThat(nobody.refused()).containsExactly(letters);
        assertThat(server.received)
                .singleElement()
                .satisfies(mail -> assertThat(mail.recipients()).containsExactly(ANNA));
    }

    @Test
    void envelopeHasOnlyThoseWhoStillWait() throws Exception {
        OutboxEntry<OwedMail> entry = Mails.entry("e-1", Mails.PLAIN, ANNA, BERT);
        List<Addressee> addressees = new ArrayList<>(entry.owed().addressees());
        addressees.set(0, addressees.get(0).with(Outcome.SENT));

        send(entry.withOwed(entry.owed().withAddressees(addressees)));

        assertThat(server.received.get(0).recipients()).containsExactly(BERT);
    }

    @Test
    void mailIsNotSentIfItsClaimEndsBeforeTheText() throws Exception {
        assertNotSent(() -> !server.commands.contains("DATA"));
    }

    @Test
    void mailIsNotSentIfItsClaimEndsDuringTheText() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        assertNotSent(() -> asked.incrementAndGet() < 2);
        assertThat(asked).hasValue(2);
    }

    private void assertNotSent(SendPermit permit) throws Exception {
        try (MailConnection connection = mailer().open()) {
            assertThatThrownBy(() -> connection.send(Mails.entry("e-1", Mails.PLAIN, ANNA), permit))
                    .isInstanceOf(ClaimEndedException.class);
        }
        send(Mails.entry("e-2", Mails.PLAIN, BERT));

        assertThat(server.commands).filteredOn("DATA"::equals).hasSize(2);
        assertThat(server.received)
                .singleElement()
                .satisfies(mail -> assertThat(mail.recipients()).containsExactly(BERT));
    }

    @Test
    void mailIsSentFromAThreadWithAForeignClassLoader() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(send(Mails.entry("e-1", Mails.PLAIN, ANNA)).sent()).containsExactly(ANNA);
            assertThat(thread.getContextClassLoader()).isEqualTo(ClassLoader.getPlatformClassLoader());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void assertUnavailable(String answer) {
        assertThatThrownBy(() -> send(Mails.entry("e-1", Mails.PLAIN, ANNA, BERT)))
                .isInstanceOf(MailUnavailableException.class)
                .hasMessageContaining(answer)
                .message()
                .isNotBlank()
                .doesNotContain("\n");
    }

    private OutboxWorker worker(MemoryOutbox outbox, HandClock clock) {
        return new OutboxWorker(
                new Claims<>(outbox, new HandTimer(), clock, FakeCluster.nanoTime(clock)),
                mailer(),
                new AttemptOutcome(new RetrySchedule(() -> 0L), Meters.NONE, clock),
                Mails.nobodyThere(clock),
                OwedMails.ALL_NEEDED);
    }

    private MailReceipt send(OutboxEntry<OwedMail> entry) throws MailUnavailableException, ClaimEndedException {
        try (MailConnection connection = mailer().open()) {
            return connection.send(entry, Mails.PERMITTED);
        }
    }

    private SmtpMailer mailer() {
        return new SmtpMailer(new SmtpSettings(
                "127.0.0.1", port, Security.NONE, "", "", "The bell <bell@shop.example>", ehlo, limit, limit, limit));
    }

    private MimeMessage arrived(int index) throws Exception {
        return Mails.parsed(server.received.get(index));
    }
}
