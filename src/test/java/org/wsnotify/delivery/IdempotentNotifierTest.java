package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wsnotify.delivery.DeliveryFixture.mailed;
import static org.wsnotify.delivery.DeliveryFixture.publication;

import java.lang.reflect.Proxy;
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
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.outbox.HandTimer;
import org.wsnotify.outbox.MemoryOutbox;
import org.wsnotify.session.RecordingSession;

class IdempotentNotifierTest {

    private static final String KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private final HandTimer timer = new HandTimer();
    private IdempotentNotifier notifier;
    private Runnable whileStoring = () -> {};

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(
                directory,
                store -> FailingStore.around(store, method -> {
                    if (method.equals("store")) {
                        Runnable once = whileStoring;
                        whileStoring = () -> {};
                        once.run();
                    }
                    return false;
                }));
        notifier = onItsOwnServer();
    }

    private IdempotentNotifier onItsOwnServer() {
        return new IdempotentNotifier(fixture.notifier(), fixture.keys, fixture.clock, timer);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Receipt publish(IdempotentNotifier notifier, String key, Publication publication) {
        PublishRequest request = new PublishRequest(publication, Optional.of(key));
        notifier.publish(List.of(request));
        return result(request);
    }

    private static Receipt result(PublishRequest request) {
        if (request.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        return request.receipt();
    }

    private Receipt publish(Publication publication) {
        return publish(notifier, KEY, publication);
    }

    @Test
    void repeatedRequestForLaterIsScheduledOnceWithTheSameReceipt() {
        Publication later = later();
        Receipt first = publish(later);

        assertThat(publish(later)).isEqualTo(first);
        assertThat(first.lines().get(0).mail()).isEqualTo(Receipt.MailStatus.SCHEDULED);
        assertThat(NotificationIds.isScheduled(first.lines().get(0).id())).isTrue();
        assertThat(fixture.schedule().of("anna", Optional.empty(), 10)).hasSize(1);
    }

    /** The server died after it scheduled. The request is repeated when it has been delivered. */
    @Test
    void requestForLaterThatIsRepeatedAfterTheDeliveryIsNotDeliveredAgain() {
        Publication later = later();
        String first = fixture.notifier().reserve(later);
        fixture.keys.claim(
                List.of(new IdempotencyStore.Request(KEY, later.fingerprint(), first)),
                fixture.clock.instant(),
                IdempotentNotifier.LEASE);
        fixture.notifier().deliver(List.of(new Delivery(later, first, false)));
        fixture.clock.pass(Duration.ofHours(2));
        new ScheduledDelivery(
                        fixture.schedule(), fixture.notifier(), fixture.retraction(), fixture.clock, timer, () -> true)
                .deliver();

        // Its time has passed, so it means at once.
        Publication.Times past =
                new Publication.Times(Optional.empty(), later.times().given());
        Receipt receipt = publish(new Publication(later.message(), later.recipients(), later.mail(), List.of(), past));

        assertThat(receipt.lines()).extracting(Receipt.Line::id).containsExactly(first);
        assertThat(fixture.store.page("anna", 0, 10)).hasSize(1);
        assertThat(fixture.owed()).hasSize(1);
    }

    private Publication later() {
        Publication now = mailed(false, "anna");
        Instant at = fixture.clock.instant().plus(Duration.ofHours(1));
        return new Publication(
                now.message(),
                now.recipients(),
                now.mail(),
                List.of(),
                new Publication.Times(Optional.of(at), List.of("deliver_at=" + at)));
    }

    @Test
    void repeatedRequestIsDoneOnceWithTheSameReceipt() {
        RecordingSession anna = fixture.online("anna");

        Receipt first = publish(publication("hello", "anna"));
        Receipt again = publish(publication("hello", "anna"));

        assertThat(again).isEqualTo(first);
        assertThat(anna.sent()).hasSize(1);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void requestThatIsRepeatedAfterItExpiredHasTheSameReceipt() {
        Receipt first = publish(expiring(false));

        assertThat(publish(expiring(true))).isEqualTo(first);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void requestThatHasExpiredAndRepeatsNoneIsRefusedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> publish(expiring(true))).isInstanceOf(IdempotentNotifier.ExpiredException.class);
        }

        assertThat(stored()).isEmpty();
    }

    private static Publication expiring(boolean over) {
        Publication plain = publication("hello", "anna");
        Publication.Times times = new Publication.Times(Optional.empty(), List.of("expires_at=some time"), over);
        return new Publication(plain.message(), plain.recipients(), plain.mail(), List.of(), times);
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() {
        publish(publication("hello", "anna"));

        assertThatThrownBy(() -> publish(publication("other", "anna")))
                .isInstanceOf(IdempotentNotifier.KeyReusedException.class);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void requestInProgressIsNotRepeated() {
        whileStoring = () -> assertInUse(notifier);

        publish(publication("hello", "anna"));

        assertThat(stored()).hasSize(1);
    }

    @Test
    void requestLongerThanALeaseIsNotRepeatedOnAnotherServer() {
        IdempotentNotifier another = onItsOwnServer();
        Duration most = IdempotentNotifier.LEASE.minusSeconds(1);
        whileStoring = () -> {
            fixture.clock.pass(most);
            timer.turn();
            fixture.clock.pass(most);
            assertInUse(another);
        };

        publish(publication("hello", "anna"));

        assertThat(timer.scheduled()).isZero();
    }

    @Test
    void requestWithAnExpiredClaimIsNotRepeatedOnTheSameServer() {
        whileStoring = () -> {
            fixture.clock.pass(IdempotentNotifier.LEASE.plusSeconds(1));
            assertInUse(notifier);
        };

        Receipt first = publish(publication("hello", "anna"));

        assertThat(publish(publication("hello", "anna"))).isEqualTo(first);
    }

    @Test
    void requestIsServedAfterTheTimerHasStopped() {
        timer.shutdown();

        assertThat(publish(publication("hello", "anna")).lines()).hasSize(1);
    }

    @Test
    void failedRequestCanBeRepeatedAndStoresNothingTwice() {
        fixture.outbox.fails(MemoryOutbox.Fails.BEFORE_STORING);
        assertThatThrownBy(() -> publish(mailed(true, "anna"))).isInstanceOf(StoreUnavailableException.class);
        fixture.outbox.fails(MemoryOutbox.Fails.NEVER);

        publish(mailed(true, "anna"));

        assertThat(stored()).hasSize(1);
    }

    @Test
    void claimOfADeadServerIsTakenOverWithItsIds() {
        Publication publication = publication("hello", "anna");
        String itsId = fixture.ids.reserve(1);
        Keys.claim(
                fixture.keys, KEY, publication.fingerprint(), itsId, fixture.clock.instant(), IdempotentNotifier.LEASE);
        fixture.notifier().deliver(List.of(new Delivery(publication, itsId, false)));

        assertInUse(notifier);
        fixture.clock.pass(IdempotentNotifier.LEASE.plus(Duration.ofSeconds(1)));
        publish(publication);

        assertThat(stored()).containsExactly(itsId);
    }

    @Test
    void requestsWithAndWithoutKeysAreCarriedOutTogether() {
        Receipt before = publish(notifier, "done", publication("hello", "anna"));
        List<PublishRequest> requests = List.of(
                new PublishRequest(publication("hello", "anna"), Optional.of("done")),
                new PublishRequest(publication("new", "anna"), Optional.of("new")),
                new PublishRequest(publication("without", "anna"), Optional.empty()),
                new PublishRequest(publication("new", "anna"), Optional.of("new")),
                new PublishRequest(publication("nobody"), Optional.of("nobody")));

        notifier.publish(requests);

        assertThat(result(requests.get(0))).isEqualTo(before);
        assertThat(result(requests.get(1)).lines()).hasSize(1);
        assertThat(result(requests.get(2)).lines()).hasSize(1);
        assertThatThrownBy(() -> result(requests.get(3))).isInstanceOf(IdempotentNotifier.KeyInUseException.class);
        assertThat(result(requests.get(4)).lines()).isEmpty();
        assertThat(stored()).hasSize(3);
        assertThat(timer.scheduled()).isZero();
        assertThat(publish(notifier, "new", publication("new", "anna"))).isEqualTo(result(requests.get(1)));
    }

    @Test
    void keysOfAGroupThatFailedAreReleasedTogether() {
        fixture.outbox.fails(MemoryOutbox.Fails.BEFORE_STORING);
        List<PublishRequest> requests = Stream.of("one", "other")
                .map(key -> new PublishRequest(mailed(true, "anna"), Optional.of(key)))
                .toList();

        notifier.publish(requests);

        assertThat(requests).allMatch(PublishRequest::hasFailed);
        fixture.outbox.fails(MemoryOutbox.Fails.NEVER);
        assertThat(publish(notifier, "one", mailed(true, "anna")).lines()).hasSize(1);
        assertThat(publish(notifier, "other", mailed(true, "anna")).lines()).hasSize(1);
        assertThat(stored()).as("notifications of the two requests").hasSize(2);
    }

    /** It would wait for the end of its own claim otherwise. */
    @Test
    void requestThatComesWhenTheKeyOfAFailedOneWasReleasedIsServed() {
        List<PublishRequest> next = new ArrayList<>();
        IdempotencyStore keys = (IdempotencyStore) Proxy.newProxyInstance(
                IdempotencyStore.class.getClassLoader(),
                new Class<?>[] {IdempotencyStore.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(fixture.keys, arguments);
                    if (method.getName().equals("release")) {
                        fixture.outbox.fails(MemoryOutbox.Fails.NEVER);
                        next.forEach(request -> notifier.publish(List.of(request)));
                    }
                    return result;
                });
        notifier = new IdempotentNotifier(fixture.notifier(), keys, fixture.clock, timer);
        fixture.outbox.fails(MemoryOutbox.Fails.BEFORE_STORING);
        next.add(new PublishRequest(mailed(true, "anna"), Optional.of(KEY)));

        assertThatThrownBy(() -> publish(mailed(true, "anna"))).isInstanceOf(StoreUnavailableException.class);

        assertThat(result(next.get(0)).lines()).hasSize(1);
        assertThat(stored()).hasSize(1);
    }

    private static void assertInUse(IdempotentNotifier notifier) {
        assertThatThrownBy(() -> publish(notifier, KEY, publication("hello", "anna")))
                .isInstanceOf(IdempotentNotifier.KeyInUseException.class);
    }

    private List<String> stored() {
        return fixture.store.page("anna", 0, 10).stream().map(Notification::id).toList();
    }
}
