package org.wsnotify.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wsnotify.HandClock;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Origin;
import org.wsnotify.story.PublicationPushes.Group;

class DecisionRecorderTest {

    private static final String FIRST = "6b0212aa9f400001c0ffee01";
    private static final String OTHER = "6b0212aa9f400009c0ffee01";

    private final HandClock clock = new HandClock();
    private final MemoryStoryStore store = new MemoryStoryStore();
    private final DecisionRecorder recorder = new DecisionRecorder(store, () -> "node", clock);

    @Test
    void pushesOfAPublicationAreOneRecord() {
        Instant at = clock.instant();
        recorder.pushed(notification(FIRST, 2), 1);
        clock.pass(Duration.ofMillis(300));
        recorder.pushed(notification(FIRST, 0), 1);
        recorder.pushed(notification(FIRST, 1), 3);
        recorder.pushed(notification(FIRST, 3), 0);
        recorder.pushed(notification(OTHER, 0), 1);

        recorder.record();

        assertThat(store.pushes)
                .containsExactly(
                        new PublicationPushes(
                                FIRST, "node", at, List.of(new Group(1, List.of(0, 2)), new Group(3, List.of(1)))),
                        new PublicationPushes(OTHER, "node", clock.instant(), List.of(new Group(1, List.of(0)))));
        recorder.record();
        assertThat(store.pushes).hasSize(2);
    }

    @Test
    void notificationOfAnUnknownPublicationIsOneByItself() {
        recorder.pushed(Notification.unseen(OTHER, "anna", Message.of("c"), clock.instant()), 1);

        recorder.record();

        assertThat(store.pushes.get(0).of(0)).contains(new Push("node", 1, clock.instant()));
        assertThat(store.pushes.get(0).of(1)).isEmpty();
    }

    @Test
    void usersWhoNeedNoMailAreRecorded() {
        NotificationKey annas = new NotificationKey("anna", FIRST);
        recorder.present(annas);

        recorder.record();

        assertThat(store.present).containsExactly(annas);
    }

    @Test
    void whatTheStoreDoesNotTakeIsGivenUpAndTooMuchIsNotKept() {
        store.down = true;
        recorder.pushed(notification(FIRST, 0), 1);
        recorder.record();
        store.down = false;
        recorder.record();
        assertThat(store.pushes).isEmpty();

        for (int i = 0; i <= 100_000; i++) {
            recorder.pushed(notification(FIRST, i), 1);
        }
        recorder.record();

        assertThat(store.pushes.get(0).groups().get(0).places()).hasSize(100_000);
    }

    private Notification notification(String publication, int place) {
        return Notification.unseen(NotificationIds.plus(publication, place), "anna", Message.of("c"), clock.instant())
                .of(new Origin(publication, MailIntent.NONE));
    }
}
