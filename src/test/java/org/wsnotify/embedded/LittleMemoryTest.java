package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.notification.Notification;

/** The largest publications that the settings allow, with little memory, while others store. */
@Timeout(120)
class LittleMemoryTest {

    @TempDir
    Path directory;

    private Process process;

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void theLargestPublicationsFitIntoLittleMemory() throws Exception {
        process = start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(process.waitFor()).isZero();
        assertThat(Files.size(directory.resolve("notifications.mv"))).isLessThan(50_000_000);
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory)) {
            EmbeddedNotificationStore notifications = new EmbeddedNotificationStore(database);
            for (int place : List.of(0, 4_711, PublishingProcess.USERS - 1)) {
                assertThat(contents(notifications.unseen(PublishingProcess.userOf(place), 10, Long.MAX_VALUE)))
                        .isEqualTo(Collections.nCopies(PublishingProcess.PUBLICATIONS, PublishingProcess.CONTENT));
            }
            assertThat(notifications
                            .readUnseen(PublishingProcess.OTHER, Integer.MAX_VALUE)
                            .counts()
                            .total())
                    .isEqualTo(Integer.parseInt(said))
                    .isPositive();
            EmbeddedOutbox outbox = new EmbeddedOutbox(database);
            assertThat(outbox.status().owed())
                    .isEqualTo((long) PublishingProcess.PUBLICATIONS * PublishingProcess.USERS);
            assertThat(outbox.claim(PublishingProcess.NOW, Duration.ofMinutes(1)))
                    .map(entry -> entry.owed().mail())
                    .contains(PublishingProcess.MAIL);
        }
    }

    private static List<String> contents(List<Notification> notifications) {
        return notifications.stream().map(one -> one.message().content()).toList();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishingProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
