package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.OutboxContract;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;

class EmbeddedOutboxTest extends OutboxContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected MailOutbox emptyOutbox() {
        database = EmbeddedDatabase.open(directory);
        return new EmbeddedOutbox(database);
    }

    @Test
    void aDamagedMailIsSkippedAndTheOthersAreClaimed() {
        MailOutbox outbox = new EmbeddedOutbox(database);
        outbox.owe(List.of(due("a"), due("b"), due("c")));
        database.write(tables -> tables.outbox().mails().remove("a"));
        database.write(tables -> tables.outbox().entries().remove("b"));

        try (LoggedLines log = new LoggedLines(EmbeddedOutbox.class)) {
            assertThat(outbox.claim(NOW, LEASE)).map(OutboxEntry::id).contains("c");
            assertThat(outbox.claim(NOW, LEASE)).isEmpty();
            assertThat(log.lines()).hasSize(2);
        }
    }

    /** The file has a mail for Anna and Ben, one that is held for Cleo, and one that was not needed by Dora. */
    @Test
    void entriesOfFormat2AreClaimedAndSettled() throws IOException {
        Path older = Files.createDirectory(directory.resolve("older"));
        for (String file : List.of("notifications.mv", "notifications.commit")) {
            Files.copy(Path.of("src/test/resources/embedded-format-2", file), older.resolve(file));
        }
        String publication = "65e5a1f70000000000000001";
        try (EmbeddedDatabase opened = EmbeddedDatabase.open(older)) {
            EmbeddedOutbox outbox = new EmbeddedOutbox(opened);
            assertThat(outbox.addresseesOf(publication))
                    .containsOnlyKeys(publication + "-1", publication + "-c1", publication + "-c2")
                    .containsEntry(publication + "-c2", List.of(addressee("dora", Outcome.PRESENT)));

            OutboxEntry<OwedMail> first = outbox.claim(NOW, LEASE).orElseThrow();
            OutboxEntry<OwedMail> held = outbox.claim(NOW.plusSeconds(5), LEASE).orElseThrow();

            Mail mail = new Mail("subject", "content", "1.0", "text/plain");
            List<Addressee> both = List.of(addressee("anna", Outcome.WAITING), addressee("ben", Outcome.WAITING));
            assertThat(first.owed()).isEqualTo(new OwedMail(publication, mail, both, OwedMails.UNLESS_SEEN));
            assertThat(held.owed())
                    .isEqualTo(new OwedMail(
                            publication, mail, List.of(addressee("cleo", Outcome.WAITING)), OwedMails.UNLESS_PRESENT));
            assertThat(outbox.settle(first, first.in(State.DONE, "250"))).isTrue();
            assertThat(outbox.addresseesOf(publication)).hasSize(3);
            assertThat(outbox.status().owed()).isEqualTo(1);
        }
    }

    private static Addressee addressee(String user, Outcome outcome) {
        return new Addressee(user, Optional.empty(), user + "@e.example", outcome);
    }

    private static OutboxEntry<OwedMail> due(String id) {
        return OwedMails.entry(id, new Mail("subject of " + id, "c", "1.0", "text/plain"), NOW, NOW);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
