package org.wsnotify.retraction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.Race;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.TextBudget;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.outbox.NotificationFates;
import org.wsnotify.outbox.NotificationFates.Fate;

/** The tests that every {@link RetractionStore} and every {@link NotificationFates} pass. */
public abstract class RetractionStoreContract {

    private static final Instant CREATED = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Instant LATER = CREATED.plusSeconds(60);
    private static final String UNKNOWN = "ffffffffffffffffffffffff";
    private static final String GROUP = "photo 7";

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private Stores stores;

    /** The stores under test, on one database. */
    public record Stores(NotificationStore notifications, RetractionStore retractions, NotificationFates fates) {}

    /** Opens the stores, empty. Called once before each test. */
    protected abstract Stores emptyStores() throws Exception;

    @BeforeEach
    void open() throws Exception {
        stores = emptyStores();
    }

    // Retracting

    @Test
    void retractedNotificationsAreGoneFromTheInboxesOfAllUsers() {
        Notification annas = stored("anna", "");
        Notification bens = stored("ben", "");
        Notification other = stored("anna", "");

        RetractionStore.Retracted retracted =
                stores.retractions().retract(List.of(annas.id(), UNKNOWN, bens.id(), "no id"), LATER);

        assertThat(retracted.notifications()).containsExactlyInAnyOrder(annas.key(), bens.key());
        assertThat(retracted.known()).isEqualTo(2);
        assertThat(retracted.taken()).isEqualTo(2);
        assertThat(kept("anna")).containsExactly(other.id());
        assertThat(kept("ben")).isEmpty();
        assertThat(stores.notifications().readUnseen("anna", 10).counts().total())
                .isEqualTo(1);
        assertThat(stores.notifications().unseen("ben", 10, Long.MAX_VALUE)).isEmpty();
        assertThat(stores.notifications().find(List.of(annas.key(), bens.key())))
                .isEmpty();
    }

    @Test
    void repeatedRetractionTakesNothingOutButStillNamesIt() {
        Notification one = stored("anna", "");
        stores.retractions().retract(List.of(one.id()), LATER);

        RetractionStore.Retracted again = stores.retractions().retract(List.of(one.id()), LATER.plusSeconds(1));

        assertThat(again).isEqualTo(new RetractionStore.Retracted(List.of(one.key()), 1, 0));
        assertThat(stores.retractions().retract(List.of(UNKNOWN), LATER).known())
                .isZero();
        assertThat(stores.retractions().retract(List.of(), LATER).known()).isZero();
    }

    @Test
    void whatItsUserDeletedIsKnownButNotRetracted() {
        Notification one = stored("anna", "");
        stores.notifications().delete("anna", List.of(one.id()), LATER);

        assertThat(stores.retractions().retract(List.of(one.id()), LATER))
                .isEqualTo(new RetractionStore.Retracted(List.of(), 1, 0));
    }

    @Test
    void retractedNotificationIsNotStoredAgainByARepetition() {
        Notification one = stored("anna", GROUP);
        stores.retractions().retract(List.of(one.id()), LATER);

        stores.notifications().store(List.of(one));

        assertThat(kept("anna")).isEmpty();
    }

    @Test
    void ofSeveralCallsOneTakesEachNotificationOut() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(stored("anna", "").id());
        }

        List<RetractionStore.Retracted> retracted =
                Race.of(4, () -> stores.retractions().retract(all, LATER));

        assertThat(retracted.stream().mapToInt(RetractionStore.Retracted::taken).sum())
                .isEqualTo(all.size());
    }

    // Replacing

    @Test
    void newestOfAGroupStaysForEachUser() {
        Notification first = stored("anna", GROUP);
        Notification second = stored("anna", GROUP);
        Notification newest = stored("anna", GROUP);
        Notification bens = stored("ben", GROUP);
        Notification cleos = stored("cleo", GROUP);
        Notification older = stored("cleo", GROUP);
        Notification otherGroup = stored("anna", GROUP + "0");
        Notification none = stored("anna", "");

        List<NotificationKey> replaced = stores.retractions().replace(List.of("anna", "ben", "anna"), GROUP, LATER);

        assertThat(replaced).containsExactlyInAnyOrder(first.key(), second.key());
        assertThat(kept("anna")).containsExactly(none.id(), otherGroup.id(), newest.id());
        assertThat(kept("ben")).containsExactly(bens.id());
        assertThat(kept("cleo")).containsExactly(older.id(), cleos.id());
        assertThat(stores.notifications().readUnseen("anna", 10).counts().total())
                .isEqualTo(3);
    }

    @Test
    void seenNotificationsAreReplacedAndDeletedOnesDoNotCount() {
        Notification seen = stored("anna", GROUP);
        Notification newest = stored("anna", GROUP);
        stores.notifications().markSeen("anna", List.of(seen.id()), LATER);
        Notification deleted = stored("anna", GROUP);
        stores.notifications().delete("anna", List.of(deleted.id()), LATER);

        assertThat(stores.retractions().replace(List.of("anna"), GROUP, LATER)).containsExactly(seen.key());
        assertThat(kept("anna")).containsExactly(newest.id());
        assertThat(stores.retractions().replace(List.of("anna"), GROUP, LATER)).isEmpty();
    }

    @Test
    void groupsOfUsersWithSimilarIdsAreApart() {
        Notification one = stored("anna", "a");
        stored("anna2", "a");
        stored("anna", "ab");

        assertThat(stores.retractions().replace(List.of("anna", "anna2"), "a", LATER))
                .isEmpty();
        assertThat(kept("anna")).contains(one.id());
    }

    // Fates

    @Test
    void fateTellsWhetherTheNotificationWasSeenDeletedOrRetracted() {
        Notification unseen = stored("anna", "");
        Notification seen = stored("anna", "");
        Notification deleted = stored("anna", "");
        Notification retracted = stored("anna", "");
        Notification replaced = stored("ben", GROUP);
        stored("ben", GROUP);
        stores.notifications().markSeen("anna", List.of(seen.id(), deleted.id()), LATER);
        stores.notifications().delete("anna", List.of(deleted.id()), LATER);
        stores.retractions().retract(List.of(retracted.id()), LATER);
        stores.retractions().replace(List.of("ben"), GROUP, LATER);

        assertThat(stores.fates()
                        .of(
                                List.of(
                                        unseen.key(),
                                        seen.key(),
                                        deleted.key(),
                                        retracted.key(),
                                        replaced.key(),
                                        new NotificationKey("anna", UNKNOWN),
                                        new NotificationKey("anna", "no id")),
                                LATER))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        unseen.id(), Fate.UNSEEN,
                        seen.id(), Fate.SEEN,
                        deleted.id(), Fate.DELETED,
                        retracted.id(), Fate.RETRACTED,
                        replaced.id(), Fate.RETRACTED));
        assertThat(stores.fates().of(List.of(), LATER)).isEmpty();
    }

    @Test
    void whatHasExpiredNeedsNoMailEvenIfItIsStillInTheInbox() {
        Message ending = Message.of("c").expiringAt(LATER);
        Notification one = Notification.unseen(ids.reserve(1), "anna", ending, CREATED);
        stores.notifications().store(List.of(one));

        assertThat(stores.fates().of(List.of(one.key()), LATER.minusMillis(1))).containsEntry(one.id(), Fate.UNSEEN);
        assertThat(stores.fates().of(List.of(one.key()), LATER)).containsEntry(one.id(), Fate.RETRACTED);
    }

    private Notification stored(String user, String group) {
        Notification one =
                Notification.unseen(ids.reserve(1), user, Message.of("c").withGroup(group), CREATED);
        stores.notifications().store(List.of(one));
        return one;
    }

    /** The ids of what a user keeps, newest first. */
    private List<String> kept(String user) {
        return stores.notifications().newest(user, Optional.empty(), TextBudget.ofNotifications(100)).items().stream()
                .map(Notification::id)
                .toList();
    }
}
