package org.wsnotify.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.HandClock;
import org.wsnotify.meter.Meters;
import org.wsnotify.outbox.AttemptOutcome;
import org.wsnotify.outbox.ClaimEndedException;
import org.wsnotify.outbox.Claims;
import org.wsnotify.outbox.HandTimer;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.MemoryOutbox;
import org.wsnotify.outbox.OutboxWorker;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.outbox.RetrySchedule;
import org.wsnotify.smtp.SmtpSettings.Security;

class SmtpSecurityTest {
    private static final String ANNA = "anna@a.example";
    private static final String PASSWORD = "pass W\u00f6rd-77";

    @TempDir
    static Path folder;

    private static TestCertificate right;
    private static TestCertificate wrongName;

    private final SmtpStub server = new SmtpStub();

    SmtpSecurityTest() throws IOException {}

    @BeforeAll
    static void makeCertificates() throws Exception {
        right = TestCertificate.of("ip:127.0.0.1", folder);
        wrongName = TestCertificate.of("dns:other.example", folder);
    }

    @AfterEach
    void closeServer() throws IOException {
        server.close();
    }

    @Test
    void mailGoesThroughStartTls() throws Exception {
        server.offersStartTls = true;
        server.tls = right.server();

        assertThat(send(Security.STARTTLS, right).sent()).containsExactly(ANNA);

        assertThat(server.commands).containsSubsequence("STARTTLS", "MAIL FROM:<bell@shop.example>");
    }

    @Test
    void requiredStartTlsRefusesAServerWithoutIt() {
        server.offersStartTls = false;
        server.requireLogin("shop", PASSWORD);

        assertThatThrownBy(() -> send(Security.STARTTLS, right)).isInstanceOf(MailUnavailableException.class);

        assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
    }

    @Test
    void refusedStartTlsEndsTheConnection() {
        server.offersStartTls = true;
        server.answer("STARTTLS", "454 4.7.0 not now");

        assertThatThrownBy(() -> send(Security.STARTTLS, right)).isInstanceOf(MailUnavailableException.class);

        assertThat(server.commands).noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
    }

    @Test
    void certificateMustBeForTheHost() {
        server.offersStartTls = true;
        server.tls = wrongName.server();
        assertThatThrownBy(() -> send(Security.STARTTLS, wrongName)).isInstanceOf(MailUnavailableException.class);

        server.tlsFromTheStart = true;
        assertThatThrownBy(() -> send(Security.TLS, wrongName)).isInstanceOf(MailUnavailableException.class);

        assertThat(server.received).isEmpty();
    }

    @Test
    void certificateMustBeTrusted() {
        server.offersStartTls = true;
        server.tls = right.server();
        assertThatThrownBy(() -> send(Security.STARTTLS, wrongName)).isInstanceOf(MailUnavailableException.class);

        server.tlsFromTheStart = true;
        assertThatThrownBy(() -> send(Security.TLS, wrongName)).isInstanceOf(MailUnavailableException.class);
    }

    @Test
    void mailGoesThroughTls() throws Exception {
        server.tls = right.server();
        server.tlsFromTheStart = true;

        assertThat(send(Security.TLS, right).sent()).containsExactly(ANNA);
        assertThat(server.commands).doesNotContain("STARTTLS");
    }

    @Test
    void requiredTlsRefusesAServerWithoutIt() {
        assertThatThrownBy(() -> send(Security.TLS, right)).isInstanceOf(MailUnavailableException.class);

        assertThat(server.commands).noneMatch(command -> command.startsWith("EHLO"));
    }

    @Test
    void configuredUserLogsIn() throws Exception {
        server.requireLogin("shop", PASSWORD);

        assertThat(send(Security.NONE, right).sent()).containsExactly(ANNA);
    }

    @Test
    void wrongPasswordIsAnOutageAndIsNotRevealed() throws Exception {
        server.requireLogin("shop", "another");

        assertThatThrownBy(() -> send(Security.NONE, right))
                .isInstanceOf(MailUnavailableException.class)
                .hasMessageContaining("535 5.7.8")
                .message()
                .doesNotContain(PASSWORD);
    }

    @Test
    void missingLoginRefusesNobody() {
        server.requireLogin("shop", PASSWORD);

        assertThatThrownBy(() -> {
                    try (MailConnection connection = new SmtpMailer(settings(Security.NONE, "", "")).open()) {
                        connection.send(Mails.entry("e-1", Mails.PLAIN, ANNA), Mails.PERMITTED);
                    }
                })
                .isInstanceOf(MailUnavailableException.class)
                .hasMessageContaining("530");
    }

    @Test
    void passwordIsInNoLogRecordEvenAtTheFinestLevel() throws Exception {
        RecordingHandler log = new RecordingHandler();
        Logger root = Logger.getLogger("");
        Handler[] others = root.getHandlers();
        for (Handler other : others) {
            root.removeHandler(other);
        }
        Level before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(log);
        try {
            server.requireLogin("shop", PASSWORD);
            drain(PASSWORD);
            drain("wrong-" + PASSWORD);
        } finally {
            root.removeHandler(log);
            root.setLevel(before);
            for (Handler other : others) {
                root.addHandler(other);
            }
        }

        assertThat(server.received).hasSize(1);
        assertThat(log.lines).anyMatch(line -> line.contains("The mail server is not available"));
        assertThat(log.lines)
                .noneMatch(line -> line.contains(PASSWORD)
                        || line.contains(base64("\0shop\0" + PASSWORD))
                        || line.contains(base64("\0shop\0wrong-" + PASSWORD))
                        || line.contains(base64(PASSWORD))
                        || line.contains(base64("wrong-" + PASSWORD)));
    }

    @Test
    void settingsDoNotShowThePassword() {
        assertThat(settings(Security.TLS, "shop", PASSWORD).toString())
                .contains("127.0.0.1")
                .contains("TLS")
                .doesNotContain(PASSWORD);
    }

    @Test
    void timeoutsAreNeverInfinite() {
        Duration second = Duration.ofSeconds(1);
        for (Duration never : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(100))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SmtpSettings(
                            "h", 25, Security.NONE, "", "", "a@b.example", Optional.empty(), second, second, never));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SmtpSettings(
                            "h", 25, Security.NONE, "", "", "a@b.example", Optional.empty(), second, never, second));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SmtpSettings(
                            "h", 25, Security.NONE, "", "", "a@b.example", Optional.empty(), never, second, second));
        }
    }

    @Test
    void senderMustBeOneAddress() {
        for (String from : List.of("", "x", "a@b.example, c@d.example", "a@b.example\r\nX: y", "N\n <a@b.example>")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SmtpSettings(
                            "h",
                            25,
                            Security.NONE,
                            "",
                            "",
                            from,
                            Optional.empty(),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1)))
                    .withMessageContaining("Not an address");
        }
    }

    private void drain(String password) {
        HandClock clock = new HandClock();
        MemoryOutbox outbox = new MemoryOutbox();
        outbox.owe(List.of(Mails.entry("e-1", Mails.PLAIN, ANNA)));
        new OutboxWorker(
                        new Claims<>(outbox, new HandTimer(), clock),
                        new SmtpMailer(settings(Security.NONE, "shop", password)),
                        new AttemptOutcome(new RetrySchedule(() -> 0L), Meters.NONE, clock),
                        Mails.nobodyThere(clock),
                        OwedMails.ALL_NEEDED)
                .drain();
    }

    private MailReceipt send(Security security, TestCertificate trusted)
            throws MailUnavailableException, ClaimEndedException {
        SmtpMailer mailer = new SmtpMailer(
                settings(security, server.login == null ? "" : "shop", server.login == null ? "" : PASSWORD),
                Map.of("mail.smtp.ssl.socketFactory", trusted.client().getSocketFactory()));
        try (MailConnection connection = mailer.open()) {
            return connection.send(Mails.entry("e-1", Mails.PLAIN, ANNA), Mails.PERMITTED);
        }
    }

    private SmtpSettings settings(Security security, String user, String password) {
        Duration limit = Duration.ofSeconds(10);
        return new SmtpSettings(
                "127.0.0.1",
                server.port(),
                security,
                user,
                password,
                "bell@shop.example",
                Optional.empty(),
                limit,
                limit,
                limit);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class RecordingHandler extends Handler {
        final List<String> lines = new CopyOnWriteArrayList<>();

        RecordingHandler() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord one) {
            lines.add(new SimpleFormatter().format(one));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
