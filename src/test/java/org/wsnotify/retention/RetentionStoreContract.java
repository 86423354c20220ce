package org.wsnotify.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.Race;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.TextBudget;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.retention.RetentionStore.Swept;
import org.wsnotify.retention.RetentionStore.Walked;
import org.wsnotify.retraction.RetractionStore;

/** The tests that every {@link RetentionStore} passes. */
public abstract class RetentionStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Types CHAT = new Types(Set.of("chat"), Set.of());
    private static final Types NO_CHAT = new Types(Set.of(), Set.of("chat"));

    private Stores stores;

    /** The stores under test, on one database. */
    public record Stores(NotificationStore notifications, RetractionStore retractions, RetentionStore retention) {}

    /** Opens the stores, empty. Called once before each test. */
    protected abstract Stores emptyStores() throws Exception;

    @BeforeEach
    void open() throws Exception {
        stores = emptyStores();
    }

    // Expiry

    @Test
    void whatHasExpiredLeavesTheInboxAtItsTime() {
        Notification ended = stored("anna", Message.of("c").expiringAt(NOW), NOW.minusSeconds(9));
        Notification later = stored("anna", Message.of("c").expiringAt(NOW.plusMillis(1)), NOW.minusSeconds(9));
        Notification never = stored("anna", Message.of("c"), NOW.minusSeconds(9));

        Swept swept = stores.retention().expire(NOW, 10);

        assertThat(swept).isEqualTo(new Swept(List.of(ended.key()), 1, false));
        assertThat(kept("anna")).containsExactlyInAnyOrder(later.id(), never.id());
        assertThat(stores.notifications().readUnseen("anna", 10).counts().total())
                .isEqualTo(2);
        assertThat(stores.retention().expire(NOW, 10)).isEqualTo(new Swept(List.of(), 0, false));
    }

    @Test
    void expiryGoesInStepsAndSparesWhatIsDeletedAlready() {
        List<Notification> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(stored("user" + i, Message.of("c").expiringAt(NOW.minusSeconds(i)), NOW.minusSeconds(60)));
        }
        stores.notifications().delete("user0", List.of(all.get(0).id()), NOW);

        Swept first = stores.retention().expire(NOW, 3);
        Swept second = stores.retention().expire(NOW, 3);

        assertThat(first.fromInboxes())
                .containsExactlyInAnyOrder(
                        all.get(4).key(), all.get(3).key(), all.get(2).key());
        assertThat(first.more()).isTrue();
        assertThat(second).isEqualTo(new Swept(List.of(all.get(1).key()), 1, false));
    }

    @Test
    void ofSeveralServersOneTakesEachNotificationOut() {
        List<NotificationKey> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(stored("anna", Message.of("c").expiringAt(NOW), NOW.minusSeconds(9))
                    .key());
        }

        List<List<NotificationKey>> taken =
                Race.of(4, () -> stores.retention().expire(NOW, 100).fromInboxes());

        assertThat(taken.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
    }

    // Removal

    @Test
    void deletedNotificationsAreRemovedForGood() {
        Notification old = stored("anna", Message.of("old"), NOW.minusSeconds(60));
        Notification retracted = stored("ben", Message.of("back"), NOW.minusSeconds(60));
        Notification young = stored("anna", Message.of("young"), NOW.minusSeconds(60));
        Notification kept = stored("anna", Message.of("kept"), NOW.minusSeconds(60));
        stores.notifications().delete("anna", List.of(old.id()), NOW.minusSeconds(20));
        stores.retractions().retract(List.of(retracted.id()), NOW.minusSeconds(20));
        stores.notifications().delete("anna", List.of(young.id()), NOW.minusSeconds(5));

        assertThat(stores.retention()
                        .removeDeleted(Types.ALL, NOW.minusSeconds(10), Optional.empty(), 10)
                        .swept())
                .isEqualTo(new Swept(List.of(), 2, false));

        assertThat(known(old, retracted)).isZero();
        assertThat(known(young, kept)).isEqualTo(2);
        assertThat(stores.retention()
                        .removeDeleted(Types.ALL, NOW.minusSeconds(10), Optional.empty(), 10)
                        .swept()
                        .count())
                .isZero();
    }

    @Test
    void seenNotificationsAreRemovedFromInboxes() {
        Notification seen = stored("anna", Message.of("seen"), NOW.minusSeconds(60));
        Notification allSeen = stored("ben", Message.of("all"), NOW.minusSeconds(60));
        Notification late = stored("anna", Message.of("late"), NOW.minusSeconds(60));
        Notification deleted = stored("anna", Message.of("deleted"), NOW.minusSeconds(60));
        Notification unseen = stored("anna", Message.of("unseen"), NOW.minusSeconds(60));
        stores.notifications().markSeen("anna", List.of(seen.id(), deleted.id()), NOW.minusSeconds(20));
        stores.notifications().markAllSeen("ben", Optional.empty(), NOW.minusSeconds(20));
        stores.notifications().markSeen("anna", List.of(late.id(), seen.id()), NOW.minusSeconds(5));
        stores.notifications().delete("anna", List.of(deleted.id()), NOW.minusSeconds(5));

        Swept swept = stores.retention()
                .removeSeen(Types.ALL, NOW.minusSeconds(10), Optional.empty(), 10)
                .swept();

        assertThat(swept.fromInboxes()).containsExactlyInAnyOrder(seen.key(), allSeen.key());
        assertThat(kept("anna")).containsExactlyInAnyOrder(unseen.id(), late.id());
        assertThat(known(seen, allSeen)).isZero();
        assertThat(known(deleted)).isEqualTo(1);
    }

    @Test
    void oldNotificationsAreRemovedWhateverBecameOfThem() {
        Notification unseen = stored("anna", Message.of("c"), NOW.minusSeconds(60));
        Notification deleted = stored("ben", Message.of("c"), NOW.minusSeconds(59));
        Notification young = stored("anna", Message.of("c"), NOW.minusSeconds(5));
        stores.notifications().delete("ben", List.of(deleted.id()), NOW);

        Walked<String> walked = stores.retention().removeOld(Types.ALL, NOW.minusSeconds(10), Optional.empty(), 10);

        assertThat(walked.swept()).isEqualTo(new Swept(List.of(unseen.key()), 2, false));
        assertThat(walked.last()).contains(deleted.id());
        assertThat(known(unseen, deleted)).isZero();
        assertThat(kept("anna")).containsExactly(young.id());
    }

    @Test
    void typesHaveTimesOfTheirOwnAndEachNotificationIsExaminedOnce() {
        List<Notification> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(stored("anna", typed(i % 2 == 0 ? "chat" : "news"), NOW.minusSeconds(60 - i)));
        }

        Walked<String> first = stores.retention().removeOld(NO_CHAT, NOW.minusSeconds(10), Optional.empty(), 4);
        Walked<String> second = stores.retention().removeOld(NO_CHAT, NOW.minusSeconds(10), first.last(), 4);
        Walked<String> third = stores.retention().removeOld(NO_CHAT, NOW.minusSeconds(10), second.last(), 4);

        assertThat(first.swept()).isEqualTo(new Swept(keys(all, 1, 3), 2, true));
        assertThat(second.swept()).isEqualTo(new Swept(keys(all, 5), 1, false));
        assertThat(third.last()).isEmpty();
        assertThat(kept("anna")).hasSize(3);

        stores.notifications().markSeen("anna", List.of(all.get(0).id()), NOW.minusSeconds(20));
        stores.notifications().delete("anna", List.of(all.get(2).id()), NOW.minusSeconds(20));
        assertThat(stores.retention()
                        .removeSeen(NO_CHAT, NOW, Optional.empty(), 10)
                        .swept()
                        .count())
                .isZero();
        assertThat(stores.retention()
                        .removeDeleted(NO_CHAT, NOW, Optional.empty(), 10)
                        .swept()
                        .count())
                .isZero();
        assertThat(stores.retention()
                        .removeSeen(CHAT, NOW, Optional.empty(), 10)
                        .swept()
                        .count())
                .isEqualTo(1);
        assertThat(stores.retention()
                        .removeDeleted(CHAT, NOW, Optional.empty(), 10)
                        .swept()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void walkByAgeGoesOnWhereItEnded() {
        List<Notification> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(stored("anna", typed(i % 2 == 0 ? "chat" : "news"), NOW.minusSeconds(60)));
            stores.notifications().delete("anna", List.of(all.get(i).id()), NOW.minusSeconds(50 - i));
        }

        Walked<AgePosition> first = stores.retention().removeDeleted(NO_CHAT, NOW, Optional.empty(), 2);
        Walked<AgePosition> second = stores.retention().removeDeleted(NO_CHAT, NOW, first.last(), 2);

        assertThat(first.swept().count()).isEqualTo(2);
        assertThat(first.last())
                .contains(new AgePosition(NOW.minusSeconds(47), all.get(3).id()));
        assertThat(second.swept()).isEqualTo(new Swept(List.of(), 1, false));
        AgePosition behind = new AgePosition(NOW.minusSeconds(49), "");
        assertThat(stores.retention()
                        .removeDeleted(CHAT, NOW, Optional.of(behind), 10)
                        .swept()
                        .count())
                .isEqualTo(2);
        assertThat(known(all.get(0))).isEqualTo(1);
    }

    @Test
    void notificationsThatLeftAtTheSameTimeAreAllRemoved() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(stored("anna", typed(i < 3 ? "chat" : "news"), NOW.minusSeconds(60))
                    .id());
        }
        stores.retractions().retract(ids, NOW.minusSeconds(20));

        Optional<AgePosition> last = Optional.empty();
        int count = 0;
        boolean more = true;
        while (more) {
            Walked<AgePosition> step = stores.retention().removeDeleted(NO_CHAT, NOW, last, 2);
            last = step.last().or(() -> Optional.of(new AgePosition(NOW, "")));
            count += step.swept().count();
            more = step.swept().more();
        }

        assertThat(count).isEqualTo(4);
    }

    @Test
    void storeStaysAsLargeAsWhatIsKept() {
        List<Integer> sizes = new ArrayList<>();
        List<Notification> all = new ArrayList<>();
        Optional<String> walked = Optional.empty();
        for (int day = 0; day < 365; day++) {
            Instant date = NOW.plus(Duration.ofDays(day));
            for (int i = 0; i < 3; i++) {
                all.add(stored("user" + i, Message.of("day " + day), date.plusSeconds(i)));
            }
            boolean more = true;
            while (more) {
                Walked<String> step =
                        stores.retention().removeOld(Types.ALL, date.minus(Duration.ofDays(90)), walked, 2);
                walked = step.last().isPresent() ? step.last() : walked;
                more = step.swept().more();
            }
            if (day % 91 == 90) {
                sizes.add(kept("user0").size()
                        + kept("user1").size()
                        + kept("user2").size());
            }
        }

        assertThat(sizes).containsExactly(273, 273, 273, 273);
        assertThat(known(all.subList(0, 3 * 274).toArray(Notification[]::new))).isZero();
        assertThat(known(all.subList(3 * 275, all.size()).toArray(Notification[]::new)))
                .isEqualTo(3 * 90);
    }

    private static Message typed(String type) {
        return new Message(type, "", "c", "", "", "");
    }

    private static List<NotificationKey> keys(List<Notification> all, int... places) {
        List<NotificationKey> keys = new ArrayList<>();
        for (int place : places) {
            keys.add(all.get(place).key());
        }
        return keys;
    }

    /** Stores a notification with an id of the time at which it was published. */
    private Notification stored(String user, Message message, Instant at) {
        NotificationIds ids = new NotificationIds(Clock.fixed(at, ZoneOffset.UTC));
        Notification one = Notification.unseen(ids.reserve(1), user, message, at);
        stores.notifications().store(List.of(one));
        return one;
    }

    private int known(Notification... notifications) {
        List<String> ids = List.of(notifications).stream().map(Notification::id).toList();
        return stores.retractions().retract(ids, NOW.plus(Duration.ofDays(1))).known();
    }

    private List<String> kept(String user) {
        return stores.notifications().newest(user, Optional.empty(), TextBudget.ofNotifications(100)).items().stream()
                .map(Notification::id)
                .toList();
    }
}
