package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wsnotify.delivery.DeliveryFixture.publication;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.notification.Notification;
import org.wsnotify.outbox.HandTimer;
import org.wsnotify.session.RecordingSession;

class IdempotentNotifierTest {

    private static final String KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    @TempDir
    Path directory;

    private DeliveryFixture fixture;
    private final HandTimer timer = new HandTimer();
    private IdempotentNotifier notifier;

    @BeforeEach
    void open() {
        fixture = new DeliveryFixture(directory);
        notifier = onItsOwnServer();
    }

    private IdempotentNotifier onItsOwnServer() {
        return new IdempotentNotifier(fixture.notifier(), fixture.keys, fixture.ids, fixture.clock, timer);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void repeatedRequestIsDoneOnceWithTheSameAnswer() {
        RecordingSession anna = fixture.online("anna");

        String first = notifier.publish(KEY, publication("hello", "anna"), Receipt::toString);
        String again = notifier.publish(KEY, publication("hello", "anna"), Receipt::toString);

        assertThat(again).isEqualTo(first);
        assertThat(anna.sent()).hasSize(1);
        assertThat(fixture.store.page("anna", 0, 10)).hasSize(1);
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() {
        notifier.publish(KEY, publication("hello", "anna"), Receipt::toString);

        assertThatThrownBy(() -> notifier.publish(KEY, publication("other", "anna"), Receipt::toString))
                .isInstanceOf(IdempotentNotifier.KeyReusedException.class);
        assertThat(fixture.store.page("anna", 0, 10)).hasSize(1);
    }

    @Test
    void requestInProgressIsNotRepeated() {
        String answer = notifier.publish(KEY, publication("hello", "anna"), receipt -> {
            assertThatThrownBy(() -> notifier.publish(KEY, publication("hello", "anna"), Receipt::toString))
                    .isInstanceOf(IdempotentNotifier.KeyInUseException.class);
            return "answer";
        });

        assertThat(answer).isEqualTo("answer");
        assertThat(fixture.store.page("anna", 0, 10)).hasSize(1);
    }

    @Test
    void requestLongerThanALeaseIsNotRepeatedOnAnotherServer() {
        IdempotentNotifier another = onItsOwnServer();
        Duration most = IdempotentNotifier.LEASE.minusSeconds(1);

        notifier.publish(KEY, publication("hello", "anna"), receipt -> {
            fixture.clock.pass(most);
            timer.turn();
            fixture.clock.pass(most);
            assertThatThrownBy(() -> another.publish(KEY, publication("hello", "anna"), Receipt::toString))
                    .isInstanceOf(IdempotentNotifier.KeyInUseException.class);
            return "answer";
        });

        assertThat(timer.scheduled()).isZero();
    }

    @Test
    void requestWithAnExpiredClaimIsNotRepeatedOnTheSameServer() {
        String answer = notifier.publish(KEY, publication("hello", "anna"), receipt -> {
            fixture.clock.pass(IdempotentNotifier.LEASE.plusSeconds(1));
            assertThatThrownBy(() -> notifier.publish(KEY, publication("hello", "anna"), Receipt::toString))
                    .isInstanceOf(IdempotentNotifier.KeyInUseException.class);
            return "answer";
        });

        assertThat(notifier.publish(KEY, publication("hello", "anna"), Receipt::toString))
                .isEqualTo(answer);
    }

    @Test
    void requestIsServedAfterTheTimerHasStopped() {
        timer.shutdown();

        assertThat(notifier.publish(KEY, publication("hello", "anna"), receipt -> "answer"))
                .isEqualTo("answer");
    }

    @Test
    void failedRequestCanBeRepeatedAndStoresNothingTwice() {
        assertThatThrownBy(() -> notifier.publish(KEY, publication("hello", "anna"), receipt -> {
                    throw new IllegalStateException("after storing");
                }))
                .isInstanceOf(IllegalStateException.class);

        notifier.publish(KEY, publication("hello", "anna"), Receipt::toString);

        assertThat(fixture.store.page("anna", 0, 10)).hasSize(1);
    }

    @Test
    void claimOfADeadServerIsTakenOverWithItsIds() {
        Publication publication = publication("hello", "anna");
        String itsId = fixture.ids.reserve(1);
        fixture.keys.claim(KEY, publication.fingerprint(), itsId, fixture.clock.instant(), IdempotentNotifier.LEASE);
        fixture.notifier().publish(publication, itsId, false);

        assertThatThrownBy(() -> notifier.publish(KEY, publication, Receipt::toString))
                .isInstanceOf(IdempotentNotifier.KeyInUseException.class);
        fixture.clock.pass(IdempotentNotifier.LEASE.plus(Duration.ofSeconds(1)));
        notifier.publish(KEY, publication, Receipt::toString);

        assertThat(fixture.store.page("anna", 0, 10))
                .extracting(Notification::id)
                .containsExactly(itsId);
    }
}
