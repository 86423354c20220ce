package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.wsnotify.delivery.DeliveryFixture.counts;
import static org.wsnotify.delivery.DeliveryFixture.mailed;
import static org.wsnotify.delivery.DeliveryFixture.publication;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.Receipt.MailStatus;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.Recipient;
import org.wsnotify.notification.StoreRefusedException;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MemoryOutbox;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.RecordingSession;

class NotifierTest {

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private boolean storeDown;
    private String refused = "";
    private int stores;
    private Duration storing = Duration.ZERO;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(
                directory,
                store -> FailingStore.around(
                        FailingStore.refusing(
                                store,
                                notification -> notification.message().content().equals(refused)),
                        method -> method.equals("store") && takesLongOrFails()));
    }

    private boolean takesLongOrFails() {
        stores++;
        fixture.clock.pass(storing);
        return storeDown;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everyRecipientEntryGetsOneStoredNotification() {
        Receipt receipt = fixture.notifier().publish(publication("hello", "anna", "ben", "anna"));

        assertThat(receipt.lines()).extracting(Receipt.Line::userId).containsExactly("anna", "ben", "anna");
        assertThat(stored("anna"))
                .containsExactlyInAnyOrder(
                        receipt.lines().get(0).id(), receipt.lines().get(2).id());
        assertThat(stored("ben")).containsExactly(receipt.lines().get(1).id());
    }

    @Test
    void publicationWithoutRecipientsDoesNothing() {
        assertThat(fixture.notifier().publish(mailed(true)).lines()).isEmpty();
        assertThat(fixture.outbox.all()).isEmpty();
        assertThat(fixture.woken).isEmpty();
    }

    @Test
    void pushReachesAllSessionsOfTheRecipientOnlyWithCounts() {
        RecordingSession phone = fixture.online("anna");
        RecordingSession desk = fixture.online("anna");
        RecordingSession other = fixture.online("ben");

        Receipt first = fixture.notifier().publish(publication("one", "anna"));
        fixture.notifier().publish(publication("two", "anna"));

        assertThat(first.lines().get(0).online()).isTrue();
        for (RecordingSession session : List.of(phone, desk)) {
            assertThat(session.sent(Envelope.Notifications.class))
                    .extracting(push -> push.items().get(0).message().content())
                    .containsExactly("one", "two");
            assertThat(session.sent()).extracting(Envelope::counts).containsExactly(counts(1), counts(2));
        }
        assertThat(other.sent()).isEmpty();
    }

    @Test
    void newerNotificationOfAGroupTakesThePlaceOfTheOlder() {
        RecordingSession anna = fixture.online("anna");
        Message comments = Message.of("1 person commented").withGroup("photo-7");
        String older = publish(comments, "anna", "ben");

        String newer = publish(Message.of("2 people commented").withGroup("photo-7"), "anna", "ben");

        assertThat(stored("anna")).containsExactly(newer);
        assertThat(stored("ben")).hasSize(1);
        assertThat(anna.sent(Envelope.Deleted.class))
                .extracting(Envelope.Deleted::ids)
                .containsExactly(List.of(older));
        assertThat(anna.sent(Envelope.Notifications.class))
                .extracting(push -> push.items().get(0).id())
                .containsExactly(older, newer);
        Awaitility.await()
                .untilAsserted(() -> assertThat(anna.sent(Envelope.Counts.class))
                        .extracting(told -> told.unseen().total())
                        .endsWith(1));
    }

    @Test
    void userWhoOccursTwiceInAGroupIsPushedTheLastOnly() {
        RecordingSession anna = fixture.online("anna");

        publish(Message.of("hello").withGroup("g"), "anna", "anna");

        assertThat(stored("anna")).hasSize(1);
        assertThat(anna.sent(Envelope.Notifications.class)).hasSize(1);
        assertThat(anna.sent(Envelope.Notifications.class).get(0).items().get(0).id())
                .isEqualTo(stored("anna").get(0));
    }

    private String publish(Message message, String... users) {
        List<Recipient> recipients =
                Stream.of(users).map(user -> new Recipient(user, "")).toList();
        return fixture.notifier()
                .publish(new Publication(message, recipients, Optional.empty()))
                .lines()
                .get(0)
                .id();
    }

    @Test
    void publicationThatCannotBeStoredIsNotPushedOrMailed() {
        RecordingSession anna = fixture.online("anna");
        storeDown = true;

        assertThatThrownBy(() -> fixture.notifier().publish(mailed(true, "anna", "ben")))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(anna.sent()).isEmpty();
        assertThat(fixture.outbox.all()).isEmpty();
    }

    @Test
    void countsComeFromTheStoreAfterAFailure() {
        fixture.online("anna");
        storeDown = true;
        assertThatThrownBy(() -> fixture.notifier().publish(publication("lost", "anna")))
                .isInstanceOf(StoreUnavailableException.class);
        storeDown = false;

        RecordingSession anna = fixture.online("anna");
        fixture.notifier().publish(publication("kept", "anna"));

        assertThat(anna.sent()).extracting(Envelope::counts).containsExactly(counts(1));
    }

    @Test
    void publicationThatFailedAfterItWasStoredIsPushedLater() {
        RecordingSession anna = fixture.online("anna");
        fixture.outbox.fails(MemoryOutbox.Fails.BEFORE_STORING);

        assertThatThrownBy(() -> fixture.notifier().publish(mailed(true, "anna")))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(anna.sent()).isEmpty();

        fixture.unfinished.push();
        fixture.unfinished.push();

        assertThat(anna.sent(Envelope.Notifications.class)).hasSize(1);
        assertThat(anna.sent()).extracting(Envelope::counts).containsExactly(counts(1));
    }

    @Test
    void mailIsOwedToOfflineAndHeldForOnlineRecipients() {
        RecordingSession anna = fixture.online("anna");

        Receipt receipt = fixture.notifier().publish(mailed(false, "anna", "ben"));

        assertThat(receipt.lines()).extracting(Receipt.Line::mail).containsExactly(MailStatus.HELD, MailStatus.OWED);
        assertThat(fixture.owed()).containsExactlyInAnyOrder(List.of("ben"), List.of("anna"));
        assertThat(fixture.woken).containsExactly(Duration.ZERO, DeliveryFixture.HOLD);
        assertThat(anna.probes()).isEqualTo(1);
    }

    /** If the one who is away sees it first on another page, the other one may still need the mail. */
    @Test
    void recipientsOfOneAddressShareAnEntryIfOneOfThemIsAway() {
        fixture.online("anna");
        Publication three = mailed(false, "anna", "ben", "cleo");
        List<Recipient> family = List.of(
                new Recipient("anna", "Home@example.org"),
                new Recipient("ben", "Home@EXAMPLE.org"),
                new Recipient("cleo", "cleo@example.org"));

        Receipt receipt = fixture.notifier().publish(new Publication(three.message(), family, three.mail()));

        assertThat(receipt.lines())
                .extracting(Receipt.Line::mail)
                .containsExactly(MailStatus.HELD, MailStatus.OWED, MailStatus.OWED);
        assertThat(fixture.owed()).hasSize(1);
        assertThat(fixture.owed().get(0)).containsExactlyInAnyOrder("anna", "ben", "cleo");
    }

    @Test
    void mailIsHeldWhileAUserMayBeReloadingThePage() {
        RecordingSession anna = fixture.online("anna");
        fixture.registry.closed(anna, fixture.clock.instant());
        fixture.clock.pass(DeliveryFixture.HOLD.minusSeconds(1));
        assertThat(mailStatus("anna")).isEqualTo(MailStatus.HELD);

        fixture.clock.pass(Duration.ofSeconds(2));
        assertThat(mailStatus("anna")).isEqualTo(MailStatus.OWED);
    }

    @Test
    void holdBeginsWhenTheNotificationsAreStored() {
        fixture.online("anna");
        RecordingSession ben = fixture.online("ben");
        fixture.registry.closed(ben, fixture.clock.instant());
        storing = DeliveryFixture.HOLD.plusSeconds(1);

        Receipt receipt = fixture.notifier().publish(mailed(false, "anna", "ben"));

        assertThat(receipt.lines())
                .extracting(Receipt.Line::mail)
                .as("ben left too long ago")
                .containsExactly(MailStatus.HELD, MailStatus.OWED);
        assertThat(fixture.outbox.all())
                .filteredOn(entry -> entry.owed().condition().equals(OwedMails.UNLESS_PRESENT))
                .extracting(OutboxEntry::dueAt)
                .containsExactly(fixture.clock.instant().plus(DeliveryFixture.HOLD));
    }

    @Test
    void receiptIsReturnedEvenIfTheWorkerCannotBeWoken() {
        fixture.workerGone = true;

        Receipt receipt = fixture.notifier().publish(mailed(false, "ben"));

        assertThat(receipt.count(MailStatus.OWED)).isEqualTo(1);
        assertThat(fixture.owed()).containsExactly(List.of("ben"));
    }

    @Test
    void zeroHoldMeansNoMailToOnlineRecipients() {
        fixture.online("anna");

        Receipt receipt = fixture.notifier(50, Duration.ZERO).publish(mailed(false, "anna", "ben"));

        assertThat(receipt.lines()).extracting(Receipt.Line::mail).containsExactly(MailStatus.ONLINE, MailStatus.OWED);
        assertThat(fixture.owed()).containsExactly(List.of("ben"));
    }

    @Test
    void invalidAddressDoesNotAffectOtherRecipients() {
        fixture.online("anna");
        Mail mail = new Mail("subject", "text", "1.0", "text/plain; charset=UTF-8");
        List<Recipient> recipients = List.of(
                new Recipient("anna", "x\r\nBcc: y@example.org"),
                new Recipient("ben", ""),
                new Recipient("carl", "carl@example.org"));

        Receipt receipt = fixture.notifier()
                .publish(new Publication(
                        Message.of("text"), recipients, Optional.of(new Publication.MailRequest(mail, false))));

        assertThat(receipt.lines())
                .extracting(Receipt.Line::mail)
                .containsExactly(MailStatus.INVALID, MailStatus.MISSING, MailStatus.OWED);
        assertThat(fixture.owed()).containsExactly(List.of("carl"));
    }

    @Test
    void addresseeHasTheIdOfItsNotification() {
        fixture.online("ben");

        Receipt receipt = fixture.notifier().publish(mailed(false, "anna", "ben"));

        assertThat(fixture.outbox.all())
                .extracting(entry -> entry.owed().publication())
                .containsOnly(receipt.lines().get(0).id());
        assertThat(fixture.outbox.all())
                .flatExtracting(entry -> entry.owed().addressees())
                .extracting(Addressee::userId, Addressee::notificationId)
                .containsExactly(
                        tuple("anna", Optional.of(receipt.lines().get(0).id())),
                        tuple("ben", Optional.of(receipt.lines().get(1).id())));
    }

    @Test
    void forcedMailIsOwedToAllInChunks() {
        fixture.online("u0");
        String[] users = IntStream.range(0, 7).mapToObj(i -> "u" + i).toArray(String[]::new);

        fixture.notifier(3, DeliveryFixture.HOLD).publish(mailed(true, users));

        assertThat(fixture.owed()).containsExactly(List.of("u0", "u1", "u2"), List.of("u3", "u4", "u5"), List.of("u6"));
    }

    @Test
    void publicationsShareOneRoundTripAndEachHasItsReceipt() {
        RecordingSession anna = fixture.online("anna");
        Delivery one = fixture.notifier().delivery(mailed(false, "anna", "ben"));
        Delivery nobody = fixture.notifier().delivery(publication("nobody"));
        Delivery other = fixture.notifier().delivery(publication("other", "anna"));

        fixture.notifier().deliver(List.of(one, nobody, other));

        assertThat(stores).as("times that something was stored").isEqualTo(1);
        assertThat(one.receipt().lines())
                .extracting(Receipt.Line::mail)
                .containsExactly(MailStatus.HELD, MailStatus.OWED);
        assertThat(nobody.receipt().lines()).isEmpty();
        assertThat(other.receipt().lines()).extracting(Receipt.Line::mail).containsExactly(MailStatus.NONE);
        assertThat(anna.sent(Envelope.Notifications.class))
                .extracting(push -> push.items().get(0).message().content())
                .containsExactly("text", "other");
        assertThat(anna.sent()).extracting(Envelope::counts).containsExactly(counts(1), counts(2));
        assertThat(fixture.owed()).containsExactlyInAnyOrder(List.of("ben"), List.of("anna"));
    }

    @Test
    void publicationThatTheStoreRefusesDoesNotAffectTheOthers() {
        RecordingSession anna = fixture.online("anna");
        refused = "refused";
        Delivery first = fixture.notifier().delivery(publication("first", "anna"));
        Delivery bad = fixture.notifier().delivery(publication("refused", "anna"));
        Delivery last = fixture.notifier().delivery(mailed(true, "anna"));

        fixture.notifier().deliver(List.of(first, bad, last));

        assertThat(first.receipt().lines()).hasSize(1);
        assertThatThrownBy(bad::receipt).isInstanceOf(StoreRefusedException.class);
        assertThat(last.receipt().lines()).hasSize(1);
        assertThat(anna.sent(Envelope.Notifications.class))
                .extracting(push -> push.items().get(0).message().content())
                .containsExactly("first", "text");
        assertThat(stored("anna")).hasSize(2);
        assertThat(fixture.owed()).containsExactly(List.of("anna"));
    }

    @Test
    void storeThatIsDownIsAskedOnceForAll() {
        storeDown = true;
        List<Delivery> all = Stream.of("one", "other")
                .map(content -> fixture.notifier().delivery(publication(content, "anna")))
                .toList();

        fixture.notifier().deliver(all);

        assertThat(all)
                .allSatisfy(each -> assertThatThrownBy(each::receipt).isInstanceOf(StoreUnavailableException.class));
        assertThat(stores).isEqualTo(1);
    }

    @Test
    void repetitionWithTheSameIdsStoresAndOwesNothingTwice() {
        String firstId = fixture.ids.reserve(2);

        Receipt first = deliver(mailed(false, "anna", "ben"), firstId, false);
        Receipt again = deliver(mailed(false, "anna", "ben"), firstId, true);

        assertThat(again).isEqualTo(first);
        assertThat(stored("anna")).hasSize(1);
        assertThat(fixture.outbox.all()).hasSize(1);
    }

    @Test
    void repetitionOwesTheMailThatTheFirstAttemptDidNot() {
        String firstId = fixture.ids.reserve(4);
        deliver(mailed(false, "anna", "ben", "cleo", "dora"), firstId, false);
        OutboxEntry<OwedMail> first = fixture.outbox.all().get(0);
        fixture.outbox.lose(first.id());
        fixture.outbox.owe(List.of(first.withOwed(
                first.owed().withAddressees(first.owed().addressees().subList(0, 2)))));
        fixture.online("anna");
        fixture.online("dora");

        deliver(mailed(false, "anna", "ben", "cleo", "dora"), firstId, true);

        assertThat(fixture.owed()).containsExactly(List.of("anna", "ben"), List.of("cleo"), List.of("dora"));
        assertThat(fixture.outbox.all())
                .extracting(entry -> entry.owed().condition())
                .containsExactly(OwedMails.UNLESS_SEEN, OwedMails.UNLESS_SEEN, OwedMails.UNLESS_PRESENT);
    }

    @Test
    void repetitionPushesOnlyUnseenNotifications() {
        Publication publication = publication("hello", "anna", "anna", "anna", "ben");
        String firstId = fixture.ids.reserve(4);
        RecordingSession anna = fixture.online("anna");
        List<Receipt.Line> lines = deliver(publication, firstId, false).lines();
        fixture.store.markSeen("anna", List.of(lines.get(0).id()), fixture.clock.instant());
        fixture.store.delete("anna", List.of(lines.get(1).id()), fixture.clock.instant());
        Instant published = fixture.clock.instant();
        fixture.clock.pass(Duration.ofMinutes(1));
        anna.sent().clear();

        deliver(publication, firstId, true);
        assertThat(anna.sent(Envelope.Notifications.class)).isEmpty();

        fixture.registry.closed(anna, fixture.clock.instant());
        anna = fixture.online("anna");
        deliver(publication, firstId, true);

        assertThat(anna.sent(Envelope.Notifications.class))
                .flatExtracting(Envelope.Notifications::items)
                .extracting(Notification::id, Notification::createdAt)
                .containsExactly(tuple(lines.get(2).id(), published));
    }

    private Receipt deliver(Publication publication, String firstId, boolean repeated) {
        Delivery delivery = new Delivery(publication, firstId, repeated);
        fixture.notifier().deliver(List.of(delivery));
        return delivery.receipt();
    }

    private MailStatus mailStatus(String user) {
        return fixture.notifier().publish(mailed(false, user)).lines().get(0).mail();
    }

    private List<String> stored(String user) {
        return fixture.store.page(user, 0, 100).stream().map(Notification::id).toList();
    }
}
