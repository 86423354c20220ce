package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wsnotify.Race;
import org.wsnotify.delivery.IdempotencyStore.Claim;
import org.wsnotify.delivery.Keys;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;

class EmbeddedDatabaseTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofHours(1);
    private static final String ANNA = "anna";

    @TempDir
    Path parent;

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private Path directory;
    private EmbeddedDatabase database;

    @BeforeEach
    void open() {
        directory = parent.resolve("not/there/yet");
        database = EmbeddedDatabase.open(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    // Opening

    @Test
    void openingCreatesTheDirectoryAndTheFile() {
        assertThat(directory.resolve("notifications.mv")).isRegularFile();
        assertThatCode(database::check).doesNotThrowAnyException();
    }

    @Test
    void storedNotificationsSurviveClosingAndOpening() {
        Notification stored = stored();

        reopen();

        assertThat(notifications().unseen(ANNA, 10, Long.MAX_VALUE)).containsExactly(stored);
    }

    @Test
    void anOpenFileCannotBeOpenedAgain() {
        assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("is in use");
    }

    @Test
    void aSecondOpeningDisturbsNoRewriteThatIsUnderWay() throws IOException {
        Path copy = Files.writeString(directory.resolve("notifications.mv.copy"), "under way");

        assertThatThrownBy(() -> EmbeddedDatabase.open(directory)).hasMessageContaining("is in use");

        assertThat(copy).hasContent("under way");
    }

    @Test
    void theFolderIsInUseAlsoWhileTheFileIsReplacedAndClosed() {
        database.close();
        try (StoreFolder folder = StoreFolder.prepare(directory)) {
            assertThatThrownBy(() -> EmbeddedDatabase.open(directory)).hasMessageContaining("is in use");
            folder.requireWritable();
        }
        open();
    }

    @Test
    void whatIsClaimedOrDueButMissingPreventsNoStart() {
        database.write(tables -> tables.outbox().leases().put("not there", 0L));
        database.write(tables -> {
            tables.schedule().due().add(TimeKey.of(NOW, "not there"));
            return null;
        });
        database.close();

        open();

        assertThat(database.<Boolean>read(tables -> tables.outbox().leases().isEmpty()))
                .isTrue();
    }

    @Test
    void theErrorNamesADirectoryThatCannotBeCreated() throws IOException {
        Path inTheWay = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> EmbeddedDatabase.open(inTheWay.resolve("data")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("The directory " + inTheWay.resolve("data") + " for the embedded store cannot be created");
    }

    @Test
    void aFileThatIsNoStoreIsNamedAndStaysUnchanged() throws IOException {
        Path other = Files.createDirectory(parent.resolve("other"));
        Path file = Files.writeString(other.resolve("notifications.mv"), "not ours ".repeat(2_000));

        assertThatThrownBy(() -> EmbeddedDatabase.open(other))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(file.toString());

        assertThat(file).content().startsWith("not ours not ours");
    }

    @ParameterizedTest
    @CsvSource({"0, an earlier", "1, an earlier", "6, a later"})
    void aFileOfAnotherVersionIsNamedAndStaysUnchanged(int format, String version) throws IOException {
        Path other = Files.createDirectory(parent.resolve("other"));
        Path file = other.resolve("notifications.mv");
        try (MVStore store = MVStore.open(file.toString())) {
            store.openMap("notifications").put("id", "as it was");
            store.setStoreVersion(format);
        }

        assertThatThrownBy(() -> EmbeddedDatabase.open(other))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("The embedded store " + file + " was written by " + version
                        + " version of the server, in a format that this one does not read");

        try (MVStore store = MVStore.open(file.toString())) {
            assertThat(store.openMap("notifications")).containsEntry("id", "as it was");
            assertThat(store.getStoreVersion()).isEqualTo(format);
        }
    }

    @Test
    void aMailClaimedBeforeTheStartIsDueAgain() {
        EmbeddedOutbox outbox = new EmbeddedOutbox(database);
        outbox.owe(List.of(mail("waiting", NOW.plusSeconds(1)), mail("claimed", NOW)));
        OutboxEntry<OwedMail> claimed = outbox.claim(NOW, LEASE).orElseThrow();
        outbox.renew(claimed, NOW.plus(LEASE).plus(LEASE));

        reopen();

        EmbeddedOutbox after = new EmbeddedOutbox(database);
        assertThat(after.claim(NOW, LEASE)).contains(claimed.claimedUntil(NOW.plus(LEASE)));
        assertThat(after.claim(NOW, LEASE)).isEmpty();
        assertThat(after.status().owed()).isEqualTo(2);
    }

    @Test
    void aRestartDoesNotAdvanceARetry() {
        EmbeddedOutbox outbox = new EmbeddedOutbox(database);
        outbox.owe(List.of(mail("a", NOW)));
        OutboxEntry<OwedMail> claimed = outbox.claim(NOW, LEASE).orElseThrow();
        outbox.settle(claimed, claimed.retryAt(NOW.plusSeconds(30), "451"));

        reopen();

        EmbeddedOutbox after = new EmbeddedOutbox(database);
        assertThat(after.claim(NOW.plusSeconds(29), LEASE)).isEmpty();
        assertThat(after.claim(NOW.plusSeconds(30), LEASE)).isPresent();
    }

    @Test
    void aKeyClaimedBeforeTheStartIsGrantedAtOnce() {
        Keys.claim(new EmbeddedIdempotencyStore(database), "key", "payload", "first", NOW, LEASE);

        reopen();

        assertThat(Keys.claim(new EmbeddedIdempotencyStore(database), "key", "payload", "other", NOW, LEASE))
                .isEqualTo(new Claim.Granted("first"));
    }

    // Failing

    @Test
    void aClosedStoreIsReportedAsClosed() {
        database.close();
        database.close();

        assertThatThrownBy(this::stored)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(database::check).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aFailedChangeLeavesNothingAndTheStoreContinues() {
        Notification before = stored();

        assertThatThrownBy(() -> database.write(tables -> {
                    tables.inbox().kept().clear();
                    throw new IllegalStateException("in the middle");
                }))
                .isInstanceOf(StoreUnavailableException.class);

        Notification after = stored();
        assertThat(notifications().unseen(ANNA, 10, Long.MAX_VALUE)).containsExactly(before, after);
    }

    @Test
    void aFailureDoesNotEndTheLeasesOfThisProcess() {
        EmbeddedOutbox outbox = new EmbeddedOutbox(database);
        outbox.owe(List.of(mail("a", NOW)));
        OutboxEntry<OwedMail> claimed = outbox.claim(NOW, LEASE).orElseThrow();

        assertThatThrownBy(() -> database.write(tables -> {
                    throw new IllegalStateException("in the middle");
                }))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(outbox.claim(NOW, LEASE)).isEmpty();
        assertThat(outbox.settle(claimed, claimed.in(OutboxEntry.State.DONE, "")))
                .isTrue();
    }

    @Test
    void anInterruptedThreadStoresAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        Notification stored;
        try {
            stored = stored();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(notifications().unseen(ANNA, 10, Long.MAX_VALUE)).containsExactly(stored);
    }

    @Test
    void interruptsLoseNothingAcknowledged() throws Exception {
        List<Notification> acknowledged = new ArrayList<>();
        AtomicInteger refused = new AtomicInteger();
        Thread storing = new Thread(() -> {
            for (int i = 0; i < 150; i++) {
                try {
                    acknowledged.add(stored());
                } catch (StoreUnavailableException e) {
                    refused.incrementAndGet();
                }
            }
        });
        storing.start();
        Random pauses = new Random(1); // of equal ones, each could be too short for a slow disk
        while (storing.isAlive()) {
            storing.interrupt();
            storing.join(1 + pauses.nextInt(150));
        }

        assertThat(acknowledged).hasSize(150 - refused.get()).isNotEmpty();
        reopen();
        assertThat(notifications().unseen(ANNA, 1_000, Long.MAX_VALUE)).containsAll(acknowledged);
    }

    // Space

    @Test
    void theSpaceOfForgottenMailsIsReused() throws Exception {
        EmbeddedOutbox outbox = new EmbeddedOutbox(database);
        for (int round = 0; round < 40; round++) {
            sendAndForgetAllButOne(outbox, round);
        }

        long written = 40 * 25 * 12_000L;
        assertThat(outbox.status().owed()).isEqualTo(40);
        assertThat(sizeOfTheFile()).isLessThan(written / 3);
        database.close();
        assertThat(sizeOfTheFile()).isLessThan(written / 3);
    }

    @Test
    void aMessageIsWrittenOnceForAllRecipients() throws IOException {
        Message message = Message.of(noise(new Random(1), 30_000));
        Mail mail = new Mail("subject", noise(new Random(2), 30_000), "1.0", "text/html");
        String first = ids.reserve(1_000);

        notifications()
                .store(IntStream.range(0, 1_000)
                        .mapToObj(i -> Notification.unseen(NotificationIds.plus(first, i), "user" + i, message, NOW))
                        .toList());
        new EmbeddedOutbox(database)
                .owe(IntStream.range(0, 1_000)
                        .mapToObj(i -> OwedMails.entry(first + i, mail, NOW, NOW))
                        .toList());

        assertThat(sizeOfTheFile()).isLessThan(1_000_000);
        assertThat(notifications().unseen("user999", 10, Long.MAX_VALUE))
                .extracting(Notification::message)
                .containsExactly(message);
    }

    @Test
    void aMailIsForgottenWithItsLastEntry() {
        EmbeddedOutbox outbox = new EmbeddedOutbox(database);
        outbox.owe(List.of(mail("a", NOW), mail("b", NOW.plusSeconds(1))));
        OutboxEntry<OwedMail> first = outbox.claim(NOW, LEASE).orElseThrow();
        outbox.settle(first, first.in(OutboxEntry.State.DONE, "250"));

        outbox.forget(NOW.plusSeconds(1));

        OutboxEntry<OwedMail> second = outbox.claim(NOW.plusSeconds(1), LEASE).orElseThrow();
        assertThat(second.owed().mail()).isEqualTo(first.owed().mail());
        outbox.settle(second, second.in(OutboxEntry.State.DEAD, "550"));
        outbox.forget(NOW.plusSeconds(1));
        assertThat(database.<Boolean>read(tables -> tables.outbox().mails().isEmpty()
                        && tables.outbox().mailUses().isEmpty()
                        && tables.outbox().entries().isEmpty()))
                .isTrue();
    }

    /** Owes and sends 25 mails of 12 kB that cannot be compressed. */
    private static void sendAndForgetAllButOne(EmbeddedOutbox outbox, int round) {
        Random random = new Random(round);
        outbox.owe(IntStream.range(0, 25)
                .mapToObj(i -> OwedMails.entry(
                        round + "-" + i,
                        new Mail("subject", noise(random, 6_000), "1.0", "text/html"),
                        NOW,
                        i == 0 ? NOW.plus(LEASE) : NOW,
                        ANNA))
                .toList());
        Race.of(8, () -> {
            Optional<OutboxEntry<OwedMail>> next = outbox.claim(NOW, LEASE);
            while (next.isPresent()) {
                outbox.settle(next.get(), next.get().in(OutboxEntry.State.DONE, "250"));
                next = outbox.claim(NOW, LEASE);
            }
            return null;
        });
        outbox.forget(NOW.plusMillis(1));
    }

    private static String noise(Random random, int length) {
        return random.ints(length, 0x80, 0x800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private long sizeOfTheFile() throws IOException {
        return Files.size(directory.resolve("notifications.mv"));
    }

    private void reopen() {
        database.close();
        database = EmbeddedDatabase.open(directory);
    }

    private EmbeddedNotificationStore notifications() {
        return new EmbeddedNotificationStore(database);
    }

    private Notification stored() {
        Notification stored = Notification.unseen(ids.reserve(1), ANNA, Message.of("content"), NOW);
        notifications().store(List.of(stored));
        return stored;
    }

    private static OutboxEntry<OwedMail> mail(String id, Instant dueAt) {
        Mail mail = new Mail("subject", "content", "1.0", "text/html");
        return OwedMails.entry(id, mail, NOW, dueAt, ANNA);
    }
}
