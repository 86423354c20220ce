package org.wsnotify.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
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
    private static final String ANNAS = "6b0000000000000000000001";
    private static final String BENS = "6b0000000000000000000002";
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
    void pushesAreKeptInTheirOrderUpToEight() {
        List<NotificationKey> both = List.of(new NotificationKey("anna", ANNAS), new NotificationKey("ben", BENS));
        List<Push> all = IntStream.range(0, 10)
                .mapToObj(i -> new Push("node" + i, i + 1, CREATED.plusSeconds(i)))
                .toList();
        stores.stories().pushed(both.subList(0, 1), all.get(0));
        all.subList(1, 10).forEach(push -> stores.stories().pushed(both, push));
        stores.stories().pushed(List.of(), all.get(0));
        stores.stories().pushed(List.of(new NotificationKey("anna", UNKNOWN)), all.get(0));

        assertThat(pushes(ANNAS)).isEqualTo(all.subList(2, 10));
        assertThat(pushes(BENS)).isEqualTo(all.subList(2, 10));
        assertThat(stores.stories().find(UNKNOWN)).isEmpty();
    }

    @Test
    void recordingChangesNothingThatUsersSee() {
        NotificationKey annas = new NotificationKey("anna", ANNAS);
        stores.stories().pushed(List.of(annas), new Push("n", 1, CREATED));
        stores.stories().present(List.of(annas), SEEN);

        assertThat(stores.stories().find(ANNAS).orElseThrow().presentAt()).contains(SEEN);
        assertThat(pushes(ANNAS)).hasSize(1);
        assertThat(stores.notifications().page("anna", 0, 10)).containsExactly(notification(ANNAS, "anna"));
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
