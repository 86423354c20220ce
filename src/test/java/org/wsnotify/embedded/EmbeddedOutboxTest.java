package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.login.LoggedLines;
import org.wsnotify.mail.Mail;
import org.wsnotify.outbox.Outbox;
import org.wsnotify.outbox.OutboxContract;
import org.wsnotify.outbox.OutboxEntry;

class EmbeddedOutboxTest extends OutboxContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected Outbox emptyOutbox() {
        database = EmbeddedDatabase.open(directory);
        return new EmbeddedOutbox(database);
    }

    @Test
    void aDamagedMailIsSkippedAndTheOthersAreClaimed() {
        Outbox outbox = new EmbeddedOutbox(database);
        outbox.owe(List.of(due("a"), due("b"), due("c")));
        database.write(tables -> tables.outbox().mails().remove("a"));
        database.write(tables -> tables.outbox().entries().remove("b"));

        try (LoggedLines log = new LoggedLines(EmbeddedOutbox.class)) {
            assertThat(outbox.claim(NOW, LEASE)).map(OutboxEntry::id).contains("c");
            assertThat(outbox.claim(NOW, LEASE)).isEmpty();
            assertThat(log.lines()).hasSize(2);
        }
    }

    private static OutboxEntry due(String id) {
        return OutboxEntry.owed(id, new Mail("subject of " + id, "c", "1.0", "text/plain"), List.of(), false, NOW, NOW);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
