package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wsnotify.embedded.StoringProcess.NOW;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.IdempotencyStore.Claim;
import org.wsnotify.delivery.Keys;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/** Kills a real process while it works. */
@Timeout(120)
class KilledProcessTest {

    private static final int KILLS = 3;
    private static final int LINES_BEFORE_A_KILL = 60;

    @TempDir
    Path directory;

    private final Map<String, Set<String>> acknowledged = new HashMap<>();
    private Process process;

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void acknowledgedChangesSurviveAKillAndAreWhole() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            storeUntilKilledAfter(kill * LINES_BEFORE_A_KILL);

            try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
                notificationsAreWhole(new EmbeddedNotificationStore(database));
                keysAreAnswered(new EmbeddedIdempotencyStore(database));
                mailsAreOwedAndDue(new EmbeddedOutbox(database));
            }
        }
        assertThat(acknowledged).hasSize(4);
    }

    @Test
    void aFileInUseByAnotherProcessIsNotOpened() throws Exception {
        process = start();
        try (BufferedReader lines = linesOf(process)) {
            assertThat(lines.readLine()).isNotNull();
        }
        Path copy = Files.writeString(directory.resolve("notifications.mv.copy"), "of a rewrite that is under way");

        assertThatThrownBy(() -> EmbeddedDatabase.open(directory))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("The embedded store " + directory.resolve("notifications.mv")
                        + " is in use by another process");
        assertThat(copy).isNotEmptyFile();
    }

    private void notificationsAreWhole(EmbeddedNotificationStore store) {
        Map<String, Integer> found = new HashMap<>();
        for (int place = 0; place < StoringProcess.BATCH; place++) {
            String user = StoringProcess.userOf(place);
            List<Notification> kept = store.page(user, 0, Integer.MAX_VALUE);
            kept.forEach(notification -> found.merge(notification.message().content(), 1, Integer::sum));
            List<Notification> unseen = store.unseen(user, Integer.MAX_VALUE, Long.MAX_VALUE);
            assertThat(unseen)
                    .containsExactlyInAnyOrderElementsOf(
                            kept.stream().filter(it -> !it.seen()).toList());
            assertThat(store.readUnseen(user, Integer.MAX_VALUE).counts().total())
                    .isEqualTo(unseen.size());
        }
        assertThat(found.keySet()).containsAll(acknowledged.get(StoringProcess.STORED));
        assertThat(found.values()).containsOnly(StoringProcess.BATCH);
        assertThat(store.page(StoringProcess.userOf(0), 0, Integer.MAX_VALUE))
                .filteredOn(Notification::seen)
                .extracting(Notification::id)
                .containsAll(acknowledged.get(StoringProcess.SEEN));
    }

    private void keysAreAnswered(EmbeddedIdempotencyStore store) {
        for (String key : acknowledged.get(StoringProcess.ANSWERED)) {
            assertThat(Keys.claim(store, key, StoringProcess.FINGERPRINT, "other", NOW, Duration.ofHours(1)))
                    .isEqualTo(new Claim.Answered("answer to " + key));
        }
    }

    /** All are due at once, those included that the killed process had claimed. */
    private void mailsAreOwedAndDue(EmbeddedOutbox outbox) {
        Map<String, Integer> found = new HashMap<>();
        long owed = outbox.status().owed();
        Optional<OutboxEntry<OwedMail>> next = outbox.claim(NOW, Duration.ofHours(1));
        while (next.isPresent()) {
            OutboxEntry<OwedMail> entry = next.get();
            assertThat(entry.owed().mail().content()).isEqualTo("content of " + entry.id());
            found.merge(entry.id().substring(0, 24), 1, Integer::sum);
            next = outbox.claim(NOW, Duration.ofHours(1));
        }
        assertThat(found.keySet()).containsAll(acknowledged.get(StoringProcess.OWED));
        assertThat(found.values()).containsOnly(2);
        assertThat(owed).isEqualTo(2L * found.size());
    }

    private void storeUntilKilledAfter(int lines) throws Exception {
        process = start();
        try (BufferedReader output = linesOf(process)) {
            String line = output.readLine();
            for (int read = 0; line != null; read++) {
                String[] words = line.split(" ", -1);
                acknowledged.computeIfAbsent(words[0], kind -> new HashSet<>()).add(words[1]);
                if (read == lines) {
                    // By its handle: Process.destroyForcibly would close the output, with lines in it.
                    process.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("killed").isEqualTo(137);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoringProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader linesOf(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }
}
