package org.wsnotify.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.ClaimEndedException;
import org.wsnotify.outbox.MailConnection;
import org.wsnotify.outbox.MailReceipt;
import org.wsnotify.outbox.MailUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

class FileMailerTest {
    private static final String NAME = "20260301T120000.123Z-e-1";

    @TempDir
    Path temp;

    @Test
    void mailIsWrittenWithoutVisibleRecipients() throws Exception {
        Mail mail = new Mail("Gr\u00fc\u00dfe", "<p>\u4f60\u597d</p>", "1.0", "text/html");

        MailReceipt receipt = send(Mails.entry("e-1", mail, "anna@a.example", "bert@b.example"));

        assertThat(receipt.sent()).containsExactlyInAnyOrder("anna@a.example", "bert@b.example");
        byte[] eml = Files.readAllBytes(folder().resolve(NAME + ".eml"));
        assertThat(new String(eml, StandardCharsets.ISO_8859_1))
                .doesNotContainIgnoringCase("anna")
                .doesNotContainIgnoringCase("b.example")
                .doesNotContainIgnoringCase("bcc");
        MimeMessage message = Mails.parsed(eml);
        assertThat(message.getSubject()).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(message.getContent()).asString().isEqualTo("<p>\u4f60\u597d</p>");
        assertThat(message.getMessageID()).isEqualTo("<e-1@shop.example>");
        assertThat(message.getHeader("To", null)).isEqualTo("undisclosed-recipients:;");
    }

    @Test
    void envelopeIsWrittenBesideTheMail() throws Exception {
        send(Mails.entry("e-1", Mails.PLAIN, "anna@a.example", "j\u00f6rg@b.example", "otto@B\u00fccher.example"));

        assertThat(Files.readAllLines(folder().resolve(NAME + ".envelope")))
                .containsExactly("anna@a.example", "otto@xn--bcher-kva.example");
    }

    @Test
    void repeatedMailReplacesItsFile() throws Exception {
        send(Mails.entry("e-1", Mails.PLAIN, "anna@a.example"));
        Files.writeString(folder().resolve("." + NAME + ".eml.unfinished"), "killed while writing");

        send(Mails.entry("e-1", Mails.PLAIN, "anna@a.example"));

        assertThat(names()).containsExactly(NAME + ".eml", NAME + ".envelope");
    }

    @Test
    void erasedAddressLeavesTheEnvelopesAndMailsThatWentToNobodyElse() throws Exception {
        send(Mails.entry("e-1", Mails.PLAIN, "anna@a.example", "otto@B\u00fccher.example", "carl@a.example"));
        send(Mails.entry("e-2", Mails.PLAIN, "anna@A.example"));
        Files.writeString(folder().resolve("." + NAME + ".envelope.unfinished"), "anna@a.exam");
        FileMailer mailer = new FileMailer(folder(), "bell@shop.example");

        assertThat(mailer.erase(Set.of("anna@a.example", "otto@b\u00fccher.example")))
                .isEqualTo(2);

        assertThat(names()).containsExactly(NAME + ".eml", NAME + ".envelope");
        assertThat(Files.readAllLines(folder().resolve(NAME + ".envelope"))).containsExactly("carl@a.example");
        assertThat(mailer.erase(Set.of("anna@a.example"))).isZero();
        assertThat(mailer.erase(Set.of())).isZero();
        assertThat(new FileMailer(temp.resolve("nowhere"), "bell@shop.example").erase(Set.of("a@b.example")))
                .isZero();
    }

    @Test
    void folderThatCannotBeReadIsReportedAsUnavailable() throws Exception {
        send(Mails.entry("e-1", Mails.PLAIN, "anna@a.example"));
        Files.delete(folder().resolve(NAME + ".envelope"));
        Files.createDirectory(folder().resolve(NAME + ".envelope"));

        assertThatThrownBy(() -> new FileMailer(folder(), "bell@shop.example").erase(Set.of("anna@a.example")))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void onlyTheOwnerMayReadTheMails() throws Exception {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "needs a file system that knows owners");

        send(Mails.entry("e-1", Mails.PLAIN, "anna@a.example"));

        assertThat(permissions(folder())).isEqualTo("rwx------");
        assertThat(permissions(folder().resolve(NAME + ".eml"))).isEqualTo("rw-------");
        assertThat(permissions(folder().resolve(NAME + ".envelope"))).isEqualTo("rw-------");
    }

    @Test
    void entryIdCannotEscapeTheFolder() throws Exception {
        send(Mails.entry("../../e", Mails.PLAIN, "anna@a.example"));

        assertThat(names()).hasSize(2);
        assertThat(temp.resolve("e.eml")).doesNotExist();
    }

    @Test
    void folderThatCannotBeCreatedIsUnavailable() throws IOException {
        Files.writeString(temp.resolve("x"), "a file");

        assertThatThrownBy(() -> new FileMailer(temp.resolve("x"), "bell@shop.example").open())
                .isInstanceOf(MailUnavailableException.class);
    }

    @Test
    void folderIsTestedAtTheStartAndLeftEmpty() throws IOException {
        mailer().prepare();

        assertThat(names()).isEmpty();
    }

    @Test
    void unusableFolderIsReportedAtTheStart() throws IOException {
        Path file = Files.writeString(temp.resolve("x"), "a file");

        assertThatThrownBy(() -> new FileMailer(file, "bell@shop.example").prepare())
                .isInstanceOf(IOException.class)
                .hasMessage("The directory " + file + " for mails cannot be created");
        assertThatThrownBy(() -> new FileMailer(file.resolve("y"), "bell@shop.example").prepare())
                .isInstanceOf(IOException.class)
                .hasMessage("The directory " + file.resolve("y") + " for mails cannot be created");
    }

    @Test
    void deletedFolderIsUnavailable() throws Exception {
        try (MailConnection connection = mailer().open()) {
            Files.delete(folder());

            assertThatThrownBy(
                            () -> connection.send(Mails.entry("e-1", Mails.PLAIN, "anna@a.example"), Mails.PERMITTED))
                    .isInstanceOf(MailUnavailableException.class);
        }
    }

    private MailReceipt send(OutboxEntry<OwedMail> entry) throws MailUnavailableException, ClaimEndedException {
        try (MailConnection connection = mailer().open()) {
            return connection.send(entry, Mails.PERMITTED);
        }
    }

    private FileMailer mailer() {
        return new FileMailer(folder(), "bell@shop.example");
    }

    private Path folder() {
        return temp.resolve("a/outbox");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
