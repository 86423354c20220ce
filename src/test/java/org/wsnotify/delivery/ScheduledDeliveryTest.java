package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.Race;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.delivery.ScheduledPublication.Place;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.HandTimer;
import org.wsnotify.outbox.MemoryOutbox;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.RecordingSession;

class ScheduledDeliveryTest {

    private static final String REFUSED = "refused";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private final HandTimer timer = new HandTimer();
    private Runnable whileStoring = () -> {};
    private Instant at;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(
                directory,
                store -> FailingStore.around(
                        FailingStore.refusing(
                                store, one -> one.message().content().equals(REFUSED)),
                        method -> {
                            if (method.equals("store")) {
                                Runnable once = whileStoring;
                                whileStoring = () -> {};
                                once.run();
                            }
                            return false;
                        }));
        at = fixture.clock.instant().plus(Duration.ofDays(30));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ScheduledDelivery delivery() {
        return new ScheduledDelivery(
                fixture.schedule(), fixture.notifier(), fixture.retraction(), fixture.clock, timer, () -> true);
    }

    @Test
    void nothingHappensBeforeTheTimeAndEverythingThen() {
        RecordingSession anna = fixture.online("anna");
        Receipt receipt = schedule("anna", "ben");
        assertThat(receipt.lines()).extracting(Receipt.Line::mail).containsOnly(MailStatus.SCHEDULED);
        assertThat(receipt.online()).isZero();

        delivery().deliver();
        assertThat(stored("anna")).isEmpty();
        assertThat(anna.sent()).isEmpty();
        assertThat(fixture.outbox.all()).isEmpty();

        fixture.clock.pass(Duration.ofDays(30));
        delivery().deliver();
        delivery().deliver();

        assertThat(stored("anna")).containsExactly(receipt.lines().get(0).id());
        assertThat(stored("ben")).containsExactly(receipt.lines().get(1).id());
        assertThat(anna.sent(Envelope.Notifications.class)).hasSize(1);
        assertThat(fixture.owed()).containsExactly(List.of("ben"), List.of("anna"));
        assertThat(fixture.store.page("ben", 0, 1).get(0).createdAt()).isEqualTo(at);
    }

    @Test
    void scheduledNotificationSortsByItsDelivery() {
        String scheduled = schedule("anna").lines().get(0).id();
        fixture.clock.pass(Duration.ofDays(29));
        String before = publish("anna");
        fixture.clock.pass(Duration.ofDays(1));
        delivery().deliver();
        fixture.clock.pass(Duration.ofSeconds(1));
        String after = publish("anna");

        assertThat(stored("anna")).containsExactly(after, scheduled, before);
    }

    @Test
    void withdrawnNotificationIsNotDelivered() {
        Receipt receipt = schedule("anna", "ben");

        assertThat(fixture.retraction().retract(receipt.lines().get(0).id()).retracted())
                .isEqualTo(1);
        fixture.clock.pass(Duration.ofDays(30));
        delivery().deliver();

        assertThat(stored("anna")).isEmpty();
        assertThat(stored("ben")).containsExactly(receipt.lines().get(1).id());
        assertThat(fixture.retraction().retract(receipt.publication().orElseThrow()))
                .returns(1, result -> result.retracted())
                .returns(1, result -> result.known());
    }

    @Test
    void whatIsWithdrawnDuringTheDeliveryIsTakenBack() {
        PublicationId id = schedule("anna", "ben").publication().orElseThrow();
        fixture.clock.pass(Duration.ofDays(30));
        whileStoring = () ->
                assertThat(fixture.retraction().retract(id.first()).retracted()).isEqualTo(1);

        delivery().deliver();

        assertThat(stored("anna")).isEmpty();
        assertThat(stored("ben")).hasSize(1);
        assertThat(fixture.schedule().find(id.first())).isEmpty();
    }

    /** The first server stored both and died. The other one does not even know of the one that was withdrawn. */
    @Test
    void whatIsWithdrawnDuringADeliveryThatBrokeOffIsTakenBackByTheNextServer() {
        PublicationId id = schedule("anna", "ben").publication().orElseThrow();
        fixture.clock.pass(Duration.ofDays(30));
        ScheduleStore.Claimed claimed = fixture.schedule()
                .claim(fixture.clock.instant(), ScheduledDelivery.LEASE)
                .orElseThrow();
        fixture.retraction().retract(id.first());
        fixture.notifier().deliverScheduled(claimed.publication());
        fixture.clock.pass(ScheduledDelivery.LEASE);

        delivery().deliver();

        assertThat(stored("anna")).isEmpty();
        assertThat(stored("ben")).hasSize(1);
    }

    @Test
    void whileADeliveryTakesLongNoOtherServerBeginsIt() {
        schedule("anna");
        fixture.clock.pass(Duration.ofDays(30));
        List<Boolean> due = new ArrayList<>();
        whileStoring = () -> {
            for (int minute = 0; minute < 3; minute++) {
                fixture.clock.pass(ScheduledDelivery.LEASE.minusSeconds(1));
                timer.turn();
                due.add(fixture.schedule()
                        .claim(fixture.clock.instant(), ScheduledDelivery.LEASE)
                        .isPresent());
            }
        };

        delivery().deliver();

        assertThat(due).containsExactly(false, false, false);
        assertThat(timer.scheduled()).isZero();
        assertThat(stored("anna")).hasSize(1);
    }

    @Test
    void twoServersDeliverEachPublicationOnce() {
        RecordingSession anna = fixture.online("anna");
        for (int i = 0; i < 40; i++) {
            schedule("anna", "user" + i);
        }
        fixture.clock.pass(Duration.ofDays(30));

        Race.of(2, () -> {
            delivery().deliver();
            return true;
        });

        assertThat(fixture.store.page("anna", 0, 100)).hasSize(40);
        assertThat(anna.sent(Envelope.Notifications.class).stream().flatMap(envelope -> envelope.items().stream()))
                .hasSize(40);
        assertThat(fixture.owed().stream().flatMap(List::stream).filter(user -> !user.equals("anna")))
                .hasSize(40)
                .doesNotHaveDuplicates();
        assertThat(fixture.schedule().of("anna", Optional.empty(), 100)).isEmpty();
    }

    /** Each second it delivers so many, and other work of the thread has its turn in between. */
    @Test
    void manyThatAreDueAtTheSameTimeAreDeliveredInParts() {
        List<ScheduledPublication> all = new ArrayList<>();
        for (int i = 0; i < 501; i++) {
            PublicationId id = new PublicationId(fixture.ids.reserveAt(at, 1), 1);
            Place place = new Place(0, new Recipient("anna", ""));
            all.add(new ScheduledPublication(id, at, Message.of("c"), List.of(place), Optional.empty()));
        }
        fixture.schedule().add(all);
        fixture.clock.pass(Duration.ofDays(30));

        delivery().deliver();
        assertThat(fixture.schedule().of("anna", Optional.empty(), 1000)).hasSize(1);
        delivery().deliver();

        assertThat(fixture.store.page("anna", 0, 1000)).hasSize(501);
    }

    @Test
    void whatHasExpiredBeforeItCouldBeDeliveredIsNotDelivered() {
        List<Recipient> anna = List.of(new Recipient("anna", ""));
        Message brief = Message.of("c").expiringAt(at.plusSeconds(60));
        fixture.notifier()
                .publish(new Publication(
                        brief,
                        anna,
                        Optional.empty(),
                        List.of(),
                        new Publication.Times(Optional.of(at), List.of("given"))));
        fixture.clock.pass(Duration.ofDays(31));

        delivery().deliver();

        assertThat(stored("anna")).isEmpty();
        assertThat(fixture.schedule().of("anna", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void publicationThatTheStoreRefusesDoesNotHoldUpTheOthers() {
        PublicationId id = new PublicationId(fixture.ids.reserveAt(at.minusSeconds(1), 1), 1);
        List<Place> anna = List.of(new Place(0, new Recipient("anna", "")));
        fixture.schedule()
                .add(List.of(
                        new ScheduledPublication(id, at.minusSeconds(1), Message.of(REFUSED), anna, Optional.empty())));
        Receipt other = schedule("anna");
        fixture.clock.pass(Duration.ofDays(30));

        delivery().deliver();

        assertThat(stored("anna")).containsExactly(other.lines().get(0).id());
        assertThat(fixture.schedule().find(id.first())).as("tried again later").isPresent();
    }

    /** A server that died after it stored the notifications. */
    @Test
    void deliveryThatBrokeOffIsRepeatedUnderTheSameIds() {
        schedule("anna", "ben");
        fixture.clock.pass(Duration.ofDays(30));
        fixture.outbox.fails(MemoryOutbox.Fails.BEFORE_STORING);
        assertThatThrownBy(() -> delivery().deliver()).isInstanceOf(StoreUnavailableException.class);
        fixture.outbox.fails(MemoryOutbox.Fails.NEVER);
        delivery().deliver();
        assertThat(fixture.outbox.all()).as("claimed still").isEmpty();

        fixture.clock.pass(ScheduledDelivery.LEASE);
        delivery().deliver();

        assertThat(stored("anna")).hasSize(1);
        assertThat(stored("ben")).hasSize(1);
        assertThat(fixture.owed()).hasSize(1);
    }

    private Receipt schedule(String... users) {
        return publish(new Publication.Times(Optional.of(at), List.of("deliver_at=" + at)), users);
    }

    private String publish(String user) {
        return publish(Publication.Times.NONE, user).lines().get(0).id();
    }

    private Receipt publish(Publication.Times times, String... users) {
        List<Recipient> recipients = Stream.of(users)
                .map(user -> new Recipient(user, user + "@a.example"))
                .toList();
        Mail mail = new Mail("s", "c", "1.0", "text/plain");
        return fixture.notifier()
                .publish(new Publication(
                        Message.of("c"),
                        recipients,
                        Optional.of(new Publication.MailRequest(mail, false)),
                        List.of(),
                        times));
    }

    private List<String> stored(String user) {
        return fixture.store.page(user, 0, 10).stream().map(Notification::id).toList();
    }
}
