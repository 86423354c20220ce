package org.wsnotify.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduleStoreContract;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.delivery.ScheduledPublication.Place;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;

class EmbeddedScheduleStoreTest extends ScheduleStoreContract {

    @TempDir
    Path directory;

    private EmbeddedDatabase database;

    @Override
    protected ScheduleStore emptyStore() {
        database = EmbeddedDatabase.open(directory);
        return new EmbeddedScheduleStore(database);
    }

    /** No other process can have the claim. */
    @Test
    void restartEndsTheClaimOfWhatWasBeingDelivered() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ScheduledPublication publication = toAnna(now);
        ScheduleStore store = new EmbeddedScheduleStore(database);
        store.add(List.of(publication));
        assertThat(store.claim(now, Duration.ofMinutes(1))).isPresent();
        assertThat(store.claim(now, Duration.ofMinutes(1))).isEmpty();
        database.close();

        database = EmbeddedDatabase.open(directory);

        assertThat(new EmbeddedScheduleStore(database)
                        .claim(now, Duration.ofMinutes(1))
                        .map(ScheduleStore.Claimed::publication))
                .contains(publication);
    }

    private static ScheduledPublication toAnna(Instant at) {
        PublicationId id = new PublicationId(new NotificationIds(Clock.systemUTC()).reserveAt(at, 1), 1);
        return new ScheduledPublication(
                id, at, Message.of("c"), List.of(new Place(0, new Recipient("anna", ""))), Optional.empty());
    }

    @Test
    void scheduledPublicationSurvivesARestart() {
        Instant at = Instant.parse("2026-03-04T05:06:07.089Z");
        ScheduledPublication publication = toAnna(at);
        new EmbeddedScheduleStore(database).add(List.of(publication));
        database.close();

        database = EmbeddedDatabase.open(directory);

        assertThat(new EmbeddedScheduleStore(database)
                        .claim(at, Duration.ofMinutes(1))
                        .map(ScheduleStore.Claimed::publication))
                .contains(publication);
    }

    @AfterEach
    void close() {
        database.close();
    }
}
