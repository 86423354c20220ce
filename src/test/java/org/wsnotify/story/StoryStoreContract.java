package org.wsnotify.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Origin;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.retraction.RetractionStore;
import org.wsnotify.story.StoredStory.Removal;

/** The tests that every {@link StoryStore} passes. */
public abstract class StoryStoreContract {

    private static final Instant CREATED = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Instant SEEN = CREATED.plusSeconds(60);
    private static final Instant REMOVED = CREATED.plusSeconds(90);
    private static final String ANNAS = "6b00000000000001c0ffee01";
    private static final String BENS = "6b00000000000002c0ffee01";
    private static final String UNKNOWN = "ffffffffffffffffffffffff";

    private Stores stores;

    /** The stores under test, on one database. */
    public record Stores(NotificationStore notifications, RetractionStore retractions, StoryStore stories) {}

    /** Opens the stores, empty. Called once before each test. */
    protected abstract Stores emptyStores() throws Exception;

    @BeforeEach
    void open() throws Exception {
        stores = emptyStores();
        stores.notifications().store(List.of(notification(ANNAS, "anna"), notification(BENS, "ben")));
    }

    private static Notification notification(String id, String user) {
        return Notification.unseen(id, user, Message.of("c"), CREATED).of(new Origin(ANNAS, MailIntent.MISSING));
    }

    @Test
    void newNotificationHasNoStoryButItself() {
        assertThat(stores.stories().find(BENS))
                .contains(new StoredStory(
                        notification(BENS, "ben"), Optional.empty(), Optional.empty(), List.of(), Optional.empty()));
        assertThat(stores.stories().find(UNKNOWN)).isEmpty();
        assertThat(stores.stories().find("no id")).isEmpty();
    }

    @Test
    void latestPushesAreToldInTheirOrder() {
        for (int i = 0; i < 10; i++) {
            stores.stories().pushed(List.of(pushes(ANNAS, CREATED.plusSeconds(i), i + 1, 0, 1)));
        }
        stores.stories()
                .pushed(List.of(
                        pushes(ANNAS, CREATED.plusSeconds(20), 1, 0),
                        pushes(ANNAS, CREATED.plusSeconds(20), 2, 0),
                        pushes(UNKNOWN, CREATED, 1, 0)));

        List<Push> annas = pushes(ANNAS);
        assertThat(annas).hasSize(StoryStore.MOST_PUSHES);
        assertThat(annas.subList(0, 6))
                .isEqualTo(IntStream.range(4, 10)
                        .mapToObj(i -> new Push("c0ffee01", i + 1, CREATED.plusSeconds(i)))
                        .toList());
        assertThat(annas.subList(6, 8)).extracting(Push::sessions).containsExactlyInAnyOrder(1, 2);
        assertThat(pushes(BENS)).extracting(Push::sessions).containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(stores.stories().find(UNKNOWN)).isEmpty();
    }

    @Test
    void oldPushesAreForgotten() {
        stores.stories().pushed(List.of(pushes(ANNAS, CREATED, 1, 0), pushes(ANNAS, CREATED.plusSeconds(1), 2, 0)));

        stores.stories().forgetPushes(CREATED.plusSeconds(1));

        assertThat(pushes(ANNAS)).extracting(Push::sessions).containsExactly(2);
    }

    private static PublicationPushes pushes(String publication, Instant at, int sessions, Integer... places) {
        return new PublicationPushes(
                publication, "c0ffee01", at, List.of(new PublicationPushes.Group(sessions, List.of(places))));
    }

    @Test
    void recordingChangesNothingThatUsersSee() {
        NotificationKey annas = new NotificationKey("anna", ANNAS);
        stores.stories().pushed(List.of(pushes(ANNAS, CREATED, 1, 0)));
        stores.stories().present(List.of(annas, new NotificationKey("anna", UNKNOWN)), SEEN);

        assertThat(stores.stories().find(ANNAS).orElseThrow().presentAt()).contains(SEEN);
        assertThat(pushes(ANNAS)).hasSize(1);
        assertThat(stores.notifications().page("anna", 0, 10)).containsExactly(notification(ANNAS, "anna"));
    }

    @Test
    void manyDecisionsAreRecordedTogether() {
        List<NotificationKey> unknown = IntStream.range(0, 2500)
                .mapToObj(i -> new NotificationKey("user" + i, String.format("6c%022x", i)))
                .toList();
        List<NotificationKey> all = new ArrayList<>(unknown);
        all.add(0, new NotificationKey("anna", ANNAS));
        all.add(new NotificationKey("ben", BENS));

        stores.stories().present(all, SEEN);

        assertThat(stores.stories().find(ANNAS).orElseThrow().presentAt()).contains(SEEN);
        assertThat(stores.stories().find(BENS).orElseThrow().presentAt()).contains(SEEN);
    }

    @Test
    void storyTellsWhenItWasSeenAndWhyItWasRemoved() {
        stores.notifications().markSeen("anna", List.of(ANNAS), SEEN);
        assertThat(stores.stories().find(ANNAS).orElseThrow())
                .returns(Optional.of(SEEN), StoredStory::seenAt)
                .returns(true, story -> story.notification().seen())
                .returns(Optional.empty(), StoredStory::removal);

        stores.notifications().delete("anna", List.of(ANNAS), REMOVED);
        stores.retractions().retract(List.of(ANNAS, BENS), REMOVED.plusSeconds(1));

        assertThat(stores.stories().find(ANNAS).orElseThrow())
                .returns(Optional.of(SEEN), StoredStory::seenAt)
                .returns(Optional.of(new Removal(REMOVED, RemovalReason.DELETED)), StoredStory::removal);
        assertThat(stores.stories().find(BENS).orElseThrow())
                .returns(Optional.empty(), StoredStory::seenAt)
                .returns(
                        Optional.of(new Removal(REMOVED.plusSeconds(1), RemovalReason.RETRACTED)),
                        StoredStory::removal);
    }

    private List<Push> pushes(String id) {
        return stores.stories().find(id).orElseThrow().pushes();
    }
}
