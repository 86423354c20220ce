package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;

class FileCopyTest {

    private static final int MESSAGES = 400;
    private static final int LENGTH = 100_000;

    @TempDir
    Path directory;

    @Test
    void longTextsAreWrittenInSteps() {
        Path path = directory.resolve("copy");
        try (EmbeddedDatabase database = EmbeddedDatabase.open(directory.resolve("store"))) {
            EmbeddedNotificationStore store = new EmbeddedNotificationStore(database);
            NotificationIds ids = new NotificationIds(Clock.systemUTC());
            for (int i = 0; i < MESSAGES; i++) {
                Message message = Message.of("x".repeat(LENGTH) + i);
                store.store(List.of(Notification.unseen(ids.reserve(1), "anna", message, Instant.EPOCH)));
            }
            database.copy(file -> copy(file, path));
        }

        MVStore copy = FileFormat.open(path);
        try {
            assertThat(Tables.of(copy).inbox().messages()).hasSize(MESSAGES);
            assertThat(copy.getCurrentVersion())
                    .as("one commit for every eight megabytes")
                    .isBetween(5L, 20L);
        } finally {
            copy.closeImmediately();
        }
    }

    private static void copy(OpenedFile file, Path path) {
        try {
            file.copyOfNow(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
