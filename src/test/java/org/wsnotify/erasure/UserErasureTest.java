package org.wsnotify.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.DeliveryFixture;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.delivery.ScheduledPublication.Place;
import org.wsnotify.embedded.EmbeddedDatabase;
import org.wsnotify.embedded.EmbeddedNotificationStore;
import org.wsnotify.embedded.EmbeddedOutbox;
import org.wsnotify.embedded.EmbeddedScheduleStore;
import org.wsnotify.embedded.EmbeddedUserDataStore;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.session.RecordingSession;
import org.wsnotify.story.StoredStory;

class UserErasureTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final String ANNAS = "anna@a.example";

    @TempDir
    Path directory;

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private final Set<String> files = new HashSet<>();
    private final List<String> steps = new ArrayList<>();
    private Runnable whileWaiting = () -> {};
    private DeliveryFixture server;
    private EmbeddedDatabase database;
    private EmbeddedNotificationStore notifications;
    private EmbeddedOutbox outbox;
    private EmbeddedScheduleStore schedule;

    @BeforeEach
    void open() {
        server = new DeliveryFixture(directory.resolve("server"));
        database = EmbeddedDatabase.open(directory.resolve("store"));
        notifications = new EmbeddedNotificationStore(database);
        outbox = new EmbeddedOutbox(database);
        schedule = new EmbeddedScheduleStore(database);
    }

    @AfterEach
    void close() {
        database.close();
        server.close();
    }

    @Test
    void receiptCountsWhatWasErased() {
        RecordingSession phone = server.online("anna");
        RecordingSession bens = server.online("ben");
        String deleted = stored("anna");
        stored("anna");
        stored("ben");
        notifications.delete("anna", List.of(deleted), NOW);
        outbox.owe(List.of(OwedMails.entry("p1-1", NOW, "anna", "ben"), OwedMails.entry("p2-1", NOW, "anna")));
        scheduled("anna", "ben");
        files.add(ANNAS);

        UserErasure.Receipt receipt =
                erasure(new EmbeddedUserDataStore(database)).erase("anna", List.of());

        assertThat(receipt).isEqualTo(new UserErasure.Receipt(1, 2, 1, 2, 1));
        assertThat(phone.closedWith()).isPresent();
        assertThat(bens.closedWith()).isEmpty();
        assertThat(notifications.page("anna", 0, 10)).isEmpty();
        assertThat(notifications.page("ben", 0, 10)).hasSize(1);
        assertThat(schedule.of("anna", Optional.empty(), 10)).isEmpty();
        assertThat(schedule.of("ben", Optional.empty(), 10)).hasSize(1);
        assertThat(files).isEmpty();
        assertThat(steps).endsWith("compaction");
    }

    @Test
    void whatIsBeingDeliveredIsErasedAfterwards() {
        scheduled("anna", "ben");
        ScheduleStore.Claimed claimed =
                schedule.claim(NOW, Duration.ofMinutes(1)).orElseThrow();
        whileWaiting = () -> {
            Notification one = Notification.unseen(
                    claimed.publication().id().first(),
                    "anna",
                    claimed.publication().message(),
                    NOW);
            notifications.store(List.of(one));
            schedule.complete(claimed, schedule.complete(claimed, List.of()));
        };

        UserErasure.Receipt receipt =
                erasure(new EmbeddedUserDataStore(database)).erase("anna", List.of());

        assertThat(receipt).isEqualTo(new UserErasure.Receipt(0, 1, 1, 0, 0));
        assertThat(notifications.page("anna", 0, 10)).isEmpty();
    }

    @Test
    void erasureFailsWhileAServerThatDiedMayHaveStoredSomething() {
        scheduled("anna");
        assertThat(schedule.claim(NOW, Duration.ofMinutes(1))).isPresent();
        List<Long> waited = new ArrayList<>();
        whileWaiting = () -> waited.add(1L);

        String stored = stored("anna");
        UserErasure erasure = erasure(new EmbeddedUserDataStore(database));

        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> erasure.erase("anna", List.of())).isInstanceOf(StoreUnavailableException.class);
            assertThat(waited).hasSize(50 * attempt);
        }

        assertThat(notifications.find(List.of(new NotificationKey("anna", stored))))
                .isEmpty();
    }

    @Test
    void filesOfMailThatWasScheduledAreErased() {
        scheduled("anna");
        files.add(ANNAS);

        assertThat(erasure(new EmbeddedUserDataStore(database))
                        .erase("anna", List.of())
                        .mailFiles())
                .isEqualTo(1);
    }

    @Test
    void unknownUserIsErasedWithZeros() {
        UserErasure erasure = erasure(new EmbeddedUserDataStore(database));

        assertThat(erasure.erase("nobody", List.of())).isEqualTo(new UserErasure.Receipt(0, 0, 0, 0, 0));
        assertThat(erasure.erase("nobody", List.of())).isEqualTo(new UserErasure.Receipt(0, 0, 0, 0, 0));
    }

    @Test
    void repetitionFinishesWhatTheStoreInterrupted() {
        stored("anna");
        outbox.owe(List.of(OwedMails.entry("p1-1", NOW, "anna")));
        files.add(ANNAS);
        UserErasure erasure = erasure(new FailingOnce(new EmbeddedUserDataStore(database)));

        assertThatThrownBy(() -> erasure.erase("anna", List.of())).isInstanceOf(StoreUnavailableException.class);
        UserErasure.Receipt receipt = erasure.erase("anna", List.of());

        assertThat(receipt.mails()).isEqualTo(1);
        assertThat(outbox.status().owed()).isZero();
        assertThat(files).isEmpty();
        assertThat(steps).endsWith("compaction");
    }

    @Test
    void spaceIsOverwrittenEvenIfALaterStepFails() {
        stored("anna");
        UserErasure erasure = erasure(new FailingOnce(new EmbeddedUserDataStore(database)));

        assertThatThrownBy(() -> erasure.erase("anna", List.of())).isInstanceOf(StoreUnavailableException.class);

        assertThat(notifications.page("anna", 0, 10)).isEmpty();
        assertThat(steps).endsWith("compaction");
    }

    @Test
    void fileOfAMailThatWasWrittenMeanwhileIsErasedToo() {
        outbox.owe(List.of(OwedMails.entry("p1-1", NOW, "anna")));
        OutboxEntry<OwedMail> claimed = outbox.claim(NOW, Duration.ofMinutes(1)).orElseThrow();
        UserDataStore sendingMeanwhile = new Delegating(new EmbeddedUserDataStore(database)) {
            @Override
            public int eraseMails(String userId) {
                files.add(claimed.owed().addressees().get(0).email());
                return super.eraseMails(userId);
            }
        };

        UserErasure.Receipt receipt = erasure(sendingMeanwhile).erase("anna", List.of());

        assertThat(files).isEmpty();
        assertThat(receipt.mailFiles()).isEqualTo(1);
    }

    @Test
    void sessionThatJoinedMeanwhileEndsToo() {
        RecordingSession[] joined = new RecordingSession[1];
        UserDataStore joiningMeanwhile = new Delegating(new EmbeddedUserDataStore(database)) {
            @Override
            public int eraseMails(String userId) {
                joined[0] = server.online("anna");
                return super.eraseMails(userId);
            }
        };

        erasure(joiningMeanwhile).erase("anna", List.of());

        assertThat(joined[0].closedWith()).isPresent();
    }

    @Test
    void givenAddressIsTakenOutOfFiles() {
        files.add("old@a.example");

        assertThat(erasure(new EmbeddedUserDataStore(database)).erase("anna", List.of("old@a.example")))
                .isEqualTo(new UserErasure.Receipt(0, 0, 0, 0, 1));
    }

    private UserErasure erasure(UserDataStore store) {
        MailFiles mailFiles = addresses -> {
            int before = files.size();
            files.removeAll(addresses);
            return before - files.size();
        };
        return new UserErasure(
                store,
                schedule,
                server.devices,
                mailFiles,
                () -> steps.add("compaction"),
                millis -> whileWaiting.run());
    }

    private String stored(String user) {
        Notification one = Notification.unseen(ids.reserve(1), user, Message.of("c"), NOW);
        notifications.store(List.of(one));
        return one.id();
    }

    private void scheduled(String... users) {
        PublicationId id = new PublicationId(ids.reserveAt(NOW, users.length), users.length);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < users.length; i++) {
            places.add(new Place(i, new Recipient(users[i], users[i] + "@a.example")));
        }
        schedule.add(List.of(new ScheduledPublication(id, NOW, Message.of("c"), places, Optional.empty())));
    }

    /** Does what another store does. */
    private static class Delegating implements UserDataStore {
        private final UserDataStore store;

        Delegating(UserDataStore store) {
            this.store = store;
        }

        @Override
        public List<StoredStory> notifications(String userId, boolean removed, Optional<String> after, int most) {
            return store.notifications(userId, removed, after, most);
        }

        @Override
        public List<OutboxEntry<OwedMail>> mails(String userId, Optional<String> after, int most) {
            return store.mails(userId, after, most);
        }

        @Override
        public Set<String> addresses(String userId) {
            return store.addresses(userId);
        }

        @Override
        public int eraseNotifications(String userId, int most) {
            return store.eraseNotifications(userId, most);
        }

        @Override
        public int eraseMails(String userId) {
            return store.eraseMails(userId);
        }
    }

    /** Cannot erase mails at first. */
    private static final class FailingOnce extends Delegating {
        private boolean failed;

        FailingOnce(UserDataStore store) {
            super(store);
        }

        @Override
        public int eraseMails(String userId) {
            if (!failed) {
                failed = true;
                throw new StoreUnavailableException("no store", null);
            }
            return super.eraseMails(userId);
        }
    }
}
