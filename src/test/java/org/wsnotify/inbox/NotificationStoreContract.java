package org.wsnotify.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wsnotify.Race;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.Origin;
import org.wsnotify.notification.UnseenCounts;

/** The tests that every {@link NotificationStore} passes. */
public abstract class NotificationStoreContract {

    private static final String ANNA = "anna";
    private static final String BEN = "ben";
    private static final Instant CREATED = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Instant LATER = CREATED.plusMillis(1);
    private static final Instant MUCH_LATER = CREATED.plusSeconds(86_400);
    private static final int ALL = 10_000;
    private static final String NO_SUCH_ID = "ffffffffffffffffffffffff";

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private NotificationStore store;

    /** Opens the store under test, empty. Called once before each test. */
    protected abstract NotificationStore emptyStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    // Storing

    @Test
    void storedNotificationIsReadUnchanged() {
        Message message = new Message(
                "chat",
                "Grüße <b>",
                "日本語 \uD83D\uDD14 \u0001\r\n\u2028\"",
                "https://e.example/?a=b&c",
                "i.png",
                "j.png");
        Notification stored = Notification.unseen(ids.reserve(1), ANNA, message, CREATED);

        store.store(List.of(stored));

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(stored);
        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactly(stored);
    }

    @Test
    void groupEndAndOriginAreKept() {
        Message message = Message.of("c").withGroup("photo-7").expiringAt(MUCH_LATER);
        String id = ids.reserve(2);
        Notification stored = Notification.unseen(id, ANNA, message, CREATED).of(new Origin(id, MailIntent.MISSING));
        Notification second = Notification.unseen(NotificationIds.plus(id, 1), ANNA, message, CREATED)
                .of(new Origin(id, MailIntent.NONE));

        store.store(List.of(stored, second));

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(second, stored);
    }

    @Test
    void actionsAreKeptWithTheirMessage() {
        Message message = new Message(
                "",
                "",
                "c",
                "",
                "",
                "",
                List.of(
                        new Action("Annehmen \uD83D\uDD14", "https://e.example/?a=b&c\u0001"),
                        new Action("No", "/no")));
        Notification stored = Notification.unseen(ids.reserve(1), ANNA, message, CREATED);
        Notification without = Notification.unseen(ids.reserve(1), ANNA, Message.of("c"), CREATED);

        store.store(List.of(stored, without));

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(without, stored);
        assertThat(store.markSeen(ANNA, List.of(stored.id()), LATER)).hasSize(1);
        assertThat(store.page(ANNA, 0, ALL)).containsExactly(without, stored.seenAt(LATER));
    }

    @Test
    void emptyTextsStayEmpty() {
        Notification stored = Notification.unseen(ids.reserve(1), ANNA, Message.of(""), CREATED);

        store.store(List.of(stored));

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(stored);
        assertThat(counts(ANNA, 10)).isEqualTo(new UnseenCounts(1, Map.of("", 1), false));
    }

    @Test
    void longTextsAreKeptWhole() {
        String text = "ä0\uD83D\uDD14".repeat(50_000);
        Notification stored = Notification.unseen(ids.reserve(1), ANNA, Message.of(text), CREATED);

        store.store(List.of(stored));

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(stored);
    }

    @Test
    void notificationStoredAsSeenIsNotUnseen() {
        Notification seen = Notification.unseen(ids.reserve(1), ANNA, Message.of("old"), CREATED)
                .seenAt(LATER);

        store.store(List.of(seen));

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(seen);
        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).isEmpty();
        assertThat(counts(ANNA, 10)).isEqualTo(UnseenCounts.NONE);
    }

    @Test
    void storingNothingDoesNothing() {
        store.store(List.of());

        assertThat(store.page(ANNA, 0, ALL)).isEmpty();
    }

    @Test
    void storingAgainDoesNotChangeANotification() {
        List<Notification> stored = stored(ANNA, 3);
        Notification first = stored.get(0);
        store.markSeen(ANNA, List.of(first.id()), LATER);

        store.store(List.of(Notification.unseen(first.id(), ANNA, Message.of("changed"), MUCH_LATER), stored.get(1)));

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(stored.get(2), stored.get(1), first.seenAt(LATER));
        assertThat(counts(ANNA, 10).total()).isEqualTo(2);
    }

    @Test
    void storingAgainDoesNotRestoreADeletedNotification() {
        List<Notification> stored = stored(ANNA, 2);
        store.delete(ANNA, List.of(stored.get(0).id()), LATER);

        store.store(stored);

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(stored.get(1));
        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactly(stored.get(1));
        assertThat(counts(ANNA, 10).total()).isEqualTo(1);
    }

    @Test
    void storingAgainAddsMissingNotifications() {
        List<Notification> all = fresh(ANNA, 4);
        store.store(List.of(all.get(1), all.get(3)));

        store.store(all);

        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactlyElementsOf(all);
        assertThat(counts(ANNA, 10).total()).isEqualTo(4);
    }

    @Test
    void theSameNotificationTwiceInOneCallIsStoredOnce() {
        Notification once = fresh(ANNA, 1).get(0);

        store.store(List.of(once, once));

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(once);
        assertThat(counts(ANNA, 10).total()).isEqualTo(1);
    }

    @Test
    void idInUseIsNotStoredForAnotherUser() {
        Notification taken = stored(ANNA, 1).get(0);

        store.store(List.of(Notification.unseen(taken.id(), BEN, Message.of("same id"), CREATED)));

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(taken);
        assertThat(store.page(BEN, 0, ALL)).isEmpty();
    }

    @Test
    void oneCallStoresForThousandsOfUsers() {
        String first = ids.reserve(3_000);
        List<Notification> many = IntStream.range(0, 3_000)
                .mapToObj(i -> Notification.unseen(
                        NotificationIds.plus(first, i), "user" + i % 1_500, Message.of("to all"), CREATED))
                .toList();

        store.store(many);

        assertThat(store.unseen("user0", ALL, Long.MAX_VALUE)).containsExactly(many.get(0), many.get(1_500));
        assertThat(store.unseen("user1499", ALL, Long.MAX_VALUE)).containsExactly(many.get(1_499), many.get(2_999));
        assertThat(IntStream.range(0, 1_500)
                        .map(i -> counts("user" + i, 10).total())
                        .sum())
                .isEqualTo(3_000);
    }

    // Reading

    @Test
    void userWithoutNotificationsHasNone() {
        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).isEmpty();
        assertThat(store.page(ANNA, 0, ALL)).isEmpty();
        assertThat(before(ANNA, NO_SUCH_ID, ALL)).isEmpty();
        assertThat(store.newest(ANNA, Optional.empty(), TextBudget.ofNotifications(1)))
                .isEqualTo(new Excerpt(List.of(), false));
        assertThat(store.newestUnseen(ANNA, Optional.empty(), TextBudget.ofNotifications(1)))
                .isEqualTo(new Excerpt(List.of(), false));
        assertThat(counts(ANNA, 10)).isEqualTo(UnseenCounts.NONE);
    }

    @Test
    void unseenIsOldestFirstUpToTheLimit() {
        List<Notification> stored = stored(ANNA, 5);

        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactlyElementsOf(stored);
        assertThat(store.unseen(ANNA, 2, Long.MAX_VALUE)).containsExactlyElementsOf(stored.subList(0, 2));
    }

    @Test
    void unseenEndsBeforeTheTextLimit() {
        List<Notification> stored = Stream.of("aaaa", "bbbb", "cc", "d")
                .map(content -> Notification.unseen(ids.reserve(1), ANNA, Message.of(content), CREATED))
                .toList();
        store.store(stored);

        assertThat(store.unseen(ANNA, ALL, 11)).containsExactlyElementsOf(stored);
        assertThat(store.unseen(ANNA, ALL, 10)).containsExactlyElementsOf(stored.subList(0, 3));
        assertThat(store.unseen(ANNA, 2, 10)).containsExactlyElementsOf(stored.subList(0, 2));
        assertThat(store.unseen(ANNA, ALL, 7)).containsExactly(stored.get(0));
        assertThat(store.unseen(ANNA, ALL, 1)).containsExactly(stored.get(0));
        assertThat(store.unseen(ANNA, 0, 10)).isEmpty();
    }

    @Test
    void textLimitCountsAllTextsOfANotification() {
        Message everywhere =
                new Message("1234", "1234", "1234", "1234", "1234", "1234", List.of(new Action("123", "123")));
        List<Notification> stored = IntStream.range(0, 2)
                .mapToObj(i -> Notification.unseen(ids.reserve(1), ANNA, everywhere, CREATED))
                .toList();
        store.store(stored);

        assertThat(store.unseen(ANNA, ALL, 60)).hasSize(2);
        assertThat(store.unseen(ANNA, ALL, 59)).hasSize(1);
    }

    @Test
    void hundredsOfUnseenAreReadInOrder() {
        List<Notification> stored = stored(ANNA, 230);

        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactlyElementsOf(stored);
        assertThat(store.unseen(ANNA, 177, Long.MAX_VALUE)).containsExactlyElementsOf(stored.subList(0, 177));
    }

    @Test
    void pagesAreNewestFirstWithoutGapsAndEndEmpty() {
        List<Notification> newestFirst = reversed(stored(ANNA, 65));

        assertThat(store.page(ANNA, 0, 30)).containsExactlyElementsOf(newestFirst.subList(0, 30));
        assertThat(store.page(ANNA, 30, 30)).containsExactlyElementsOf(newestFirst.subList(30, 60));
        assertThat(store.page(ANNA, 60, 30)).containsExactlyElementsOf(newestFirst.subList(60, 65));
        assertThat(store.page(ANNA, 65, 30)).isEmpty();
        assertThat(store.page(ANNA, 2_000_000_000, 30)).isEmpty();
    }

    @Test
    void notificationsAreOrderedByIdNotByStoring() {
        List<Notification> oldestFirst = fresh(ANNA, 4);
        store.store(List.of(oldestFirst.get(3), oldestFirst.get(0)));
        store.store(List.of(oldestFirst.get(2), oldestFirst.get(1)));

        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactlyElementsOf(oldestFirst);
        assertThat(store.page(ANNA, 0, ALL)).containsExactlyElementsOf(reversed(oldestFirst));
    }

    @Test
    void markingSeenDoesNotChangeTheOrder() {
        List<Notification> stored = stored(ANNA, 3);

        store.markSeen(ANNA, List.of(stored.get(0).id()), MUCH_LATER);

        assertThat(store.page(ANNA, 0, ALL))
                .extracting(Notification::id)
                .containsExactlyElementsOf(idsOf(reversed(stored)));
    }

    @Test
    void cursorReturnsOlderNotificationsNewestFirst() {
        List<Notification> newestFirst = reversed(stored(ANNA, 5));

        assertThat(before(ANNA, newestFirst.get(1).id(), 2)).containsExactlyElementsOf(newestFirst.subList(2, 4));
        assertThat(before(ANNA, newestFirst.get(3).id(), 2)).containsExactlyElementsOf(newestFirst.subList(4, 5));
        assertThat(before(ANNA, newestFirst.get(4).id(), 2)).isEmpty();
    }

    @Test
    void cursorNeedNotExist() {
        List<Notification> newestFirst = reversed(stored(ANNA, 3));
        store.delete(ANNA, List.of(newestFirst.get(1).id()), LATER);

        assertThat(before(ANNA, NO_SUCH_ID, ALL)).containsExactly(newestFirst.get(0), newestFirst.get(2));
        assertThat(before(ANNA, newestFirst.get(1).id(), ALL)).containsExactly(newestFirst.get(2));
        assertThat(before(ANNA, "000000000000000000000000", ALL)).isEmpty();
    }

    @Test
    void newestReadsUpToABudgetAndTellsWhetherThereIsMore() {
        List<Notification> newestFirst = reversed(stored("a", "bbbb", "cc", "dddd", "e"));
        store.markSeen(ANNA, List.of(newestFirst.get(3).id()), LATER);
        List<Notification> kept = new ArrayList<>(newestFirst);
        kept.set(3, newestFirst.get(3).seenAt(LATER));

        assertThat(newest(Optional.empty(), 5, 12)).isEqualTo(new Excerpt(kept, false));
        assertThat(newest(Optional.empty(), 5, 11)).isEqualTo(new Excerpt(kept.subList(0, 4), true));
        assertThat(newest(Optional.empty(), 4, 12)).isEqualTo(new Excerpt(kept.subList(0, 4), true));
        assertThat(newest(Optional.of(kept.get(1).id()), 5, 6)).isEqualTo(new Excerpt(kept.subList(2, 4), true));
        assertThat(newest(Optional.of(kept.get(1).id()), 5, 7)).isEqualTo(new Excerpt(kept.subList(2, 5), false));
        assertThat(newest(Optional.of(kept.get(2).id()), 5, 1)).isEqualTo(new Excerpt(kept.subList(3, 4), true));
        assertThat(newest(Optional.of(kept.get(4).id()), 5, 1)).isEqualTo(new Excerpt(List.of(), false));
    }

    @Test
    void newestUnseenReadsOnlyWhatIsUnseenAndKept() {
        List<Notification> newestFirst = reversed(stored("a", "seen", "bbb", "deleted", "cc", "seen", "d"));
        store.markSeen(ANNA, List.of(newestFirst.get(1).id(), newestFirst.get(5).id()), LATER);
        store.delete(ANNA, List.of(newestFirst.get(3).id()), LATER);
        List<Notification> unseen = Stream.of(0, 2, 4, 6).map(newestFirst::get).toList();

        assertThat(newestUnseen(Optional.empty(), 4, 7)).isEqualTo(new Excerpt(unseen, false));
        assertThat(newestUnseen(Optional.empty(), 4, 6)).isEqualTo(new Excerpt(unseen.subList(0, 3), true));
        assertThat(newestUnseen(Optional.empty(), 3, 7)).isEqualTo(new Excerpt(unseen.subList(0, 3), true));
        String second = unseen.get(1).id();
        assertThat(newestUnseen(Optional.of(second), 4, 2)).isEqualTo(new Excerpt(unseen.subList(2, 3), true));
        assertThat(newestUnseen(Optional.of(second), 2, 7)).isEqualTo(new Excerpt(unseen.subList(2, 4), false));
        assertThat(newestUnseen(Optional.of(newestFirst.get(3).id()), 1, 1))
                .isEqualTo(new Excerpt(unseen.subList(2, 3), true));
    }

    @Test
    void partsOfTheUnseenFollowEachOtherWithoutGaps() {
        List<Notification> newestFirst = reversed(stored(ANNA, 230));
        stored(BEN, 3);

        List<Notification> read = new ArrayList<>();
        Excerpt part = newestUnseen(Optional.empty(), 100, 64);
        read.addAll(part.items());
        while (part.more()) {
            part = newestUnseen(Optional.of(read.get(read.size() - 1).id()), 100, 64);
            assertThat(part.items()).isNotEmpty().hasSizeLessThanOrEqualTo(32);
            read.addAll(part.items());
        }

        assertThat(read).containsExactlyElementsOf(newestFirst);
    }

    private Excerpt newest(Optional<String> before, int notifications, long characters) {
        return store.newest(ANNA, before, new TextBudget(notifications, characters));
    }

    private Excerpt newestUnseen(Optional<String> before, int notifications, long characters) {
        return store.newestUnseen(ANNA, before, new TextBudget(notifications, characters));
    }

    // Seen

    @Test
    void markSeenChangesAllGivenIdsAndReturnsThemInOrder() {
        List<Notification> stored = stored(ANNA, 4);
        List<String> given = List.of(stored.get(2).id(), stored.get(0).id());

        assertThat(store.markSeen(ANNA, given, LATER)).containsExactlyElementsOf(given);

        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactly(stored.get(1), stored.get(3));
        assertThat(store.page(ANNA, 0, ALL))
                .containsExactly(
                        stored.get(3),
                        stored.get(2).seenAt(LATER),
                        stored.get(1),
                        stored.get(0).seenAt(LATER));
        assertThat(counts(ANNA, 10).total()).isEqualTo(2);
    }

    @Test
    void markSeenAgainReturnsTheIdAndChangesNothing() {
        Notification stored = stored(ANNA, 1).get(0);
        store.markSeen(ANNA, List.of(stored.id()), LATER);

        assertThat(store.markSeen(ANNA, List.of(stored.id()), MUCH_LATER)).containsExactly(stored.id());

        assertThat(store.page(ANNA, 0, ALL)).containsExactly(stored.seenAt(LATER));
    }

    @Test
    void markSeenIgnoresForeignUnknownAndDeletedIds() {
        Notification bens = stored(BEN, 1).get(0);
        List<Notification> annas = stored(ANNA, 2);
        Notification deleted = annas.get(0);
        Notification kept = annas.get(1);
        store.delete(ANNA, List.of(deleted.id()), LATER);

        assertThat(store.markSeen(ANNA, List.of(bens.id(), NO_SUCH_ID, "no id", "", deleted.id(), kept.id()), LATER))
                .containsExactly(kept.id());

        assertThat(store.page(BEN, 0, ALL)).containsExactly(bens);
        assertThat(counts(BEN, 10).total()).isEqualTo(1);
    }

    @Test
    void markSeenOfNoIdsReturnsNothing() {
        Notification stored = stored(ANNA, 1).get(0);

        assertThat(store.markSeen(ANNA, List.of(), LATER)).isEmpty();
        assertThat(store.delete(ANNA, List.of(), LATER)).isEmpty();

        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactly(stored);
    }

    @Test
    void markAllSeenChangesTheUsersUnseenNotifications() {
        List<Notification> stored = stored(ANNA, 3);
        Notification bens = stored(BEN, 1).get(0);
        store.markSeen(ANNA, List.of(stored.get(1).id()), LATER);

        assertThat(store.markAllSeen(ANNA, Optional.empty(), MUCH_LATER))
                .contains(stored.get(2).id());

        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).isEmpty();
        assertThat(counts(ANNA, 10)).isEqualTo(UnseenCounts.NONE);
        assertThat(store.page(ANNA, 0, ALL))
                .containsExactly(
                        stored.get(2).seenAt(MUCH_LATER),
                        stored.get(1).seenAt(LATER),
                        stored.get(0).seenAt(MUCH_LATER));
        assertThat(store.unseen(BEN, ALL, Long.MAX_VALUE)).containsExactly(bens);
    }

    @Test
    void markAllSeenSparesWhatIsNewerThanTheNotificationThatIsNamed() {
        List<Notification> stored = stored(ANNA, 4);
        Notification bens = stored(BEN, 1).get(0);
        String second = stored.get(1).id();

        assertThat(store.markAllSeen(ANNA, Optional.of(second), LATER)).contains(second);

        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactly(stored.get(2), stored.get(3));
        assertThat(store.unseen(BEN, ALL, Long.MAX_VALUE)).containsExactly(bens);
        assertThat(store.markAllSeen(ANNA, Optional.of("0".repeat(24)), LATER)).contains("0".repeat(24));
        assertThat(counts(ANNA, 10).total()).isEqualTo(2);
    }

    /** Clients take everything up to the answer for seen: it must not be something that is yet to come. */
    @Test
    void markAllSeenIsNotAboutTheFuture() {
        List<Notification> stored = stored(ANNA, 2);

        assertThat(store.markAllSeen(ANNA, Optional.of("f".repeat(24)), LATER))
                .contains(stored.get(1).id());
        assertThat(store.markAllSeen(BEN, Optional.of("f".repeat(24)), LATER)).isEmpty();

        assertThat(counts(ANNA, 10)).isEqualTo(UnseenCounts.NONE);
    }

    @Test
    void markAllSeenReturnsTheNewestIdIfAnyIsKept() {
        Notification stored = stored(ANNA, 1).get(0);
        store.markSeen(ANNA, List.of(stored.id()), LATER);
        assertThat(store.markAllSeen(ANNA, Optional.empty(), LATER)).contains(stored.id());

        store.delete(ANNA, List.of(stored.id()), LATER);
        assertThat(store.markAllSeen(ANNA, Optional.empty(), LATER)).isEmpty();
    }

    // Deleting

    @Test
    void deletedNotificationsAreNeitherReturnedNorCounted() {
        List<Notification> stored = stored(ANNA, 4);
        List<String> given = List.of(stored.get(3).id(), stored.get(1).id());

        assertThat(store.delete(ANNA, given, LATER)).containsExactlyElementsOf(given);

        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactly(stored.get(0), stored.get(2));
        assertThat(store.page(ANNA, 0, ALL)).containsExactly(stored.get(2), stored.get(0));
        assertThat(store.page(ANNA, 1, ALL)).containsExactly(stored.get(0));
        assertThat(before(ANNA, stored.get(3).id(), ALL)).containsExactly(stored.get(2), stored.get(0));
        assertThat(counts(ANNA, 10).total()).isEqualTo(2);
    }

    @Test
    void deletedNotificationIsNotKept() {
        Notification stored = stored(ANNA, 1).get(0);
        store.delete(ANNA, List.of(stored.id()), LATER);

        assertThat(store.delete(ANNA, List.of(stored.id()), MUCH_LATER)).isEmpty();
        assertThat(store.markSeen(ANNA, List.of(stored.id()), MUCH_LATER)).isEmpty();
    }

    @Test
    void seenNotificationCanBeDeleted() {
        Notification stored = stored(ANNA, 1).get(0);
        store.markSeen(ANNA, List.of(stored.id()), LATER);

        assertThat(store.delete(ANNA, List.of(stored.id()), MUCH_LATER)).containsExactly(stored.id());
        assertThat(store.page(ANNA, 0, ALL)).isEmpty();
    }

    @Test
    void deleteIgnoresForeignAndUnknownIds() {
        Notification bens = stored(BEN, 1).get(0);
        Notification annas = stored(ANNA, 1).get(0);

        assertThat(store.delete(ANNA, List.of(NO_SUCH_ID, bens.id(), "no id", "", annas.id()), LATER))
                .containsExactly(annas.id());

        assertThat(store.unseen(BEN, ALL, Long.MAX_VALUE)).containsExactly(bens);
    }

    // Counting

    @Test
    void countsAreKeptByType() {
        store.store(Stream.of("chat", "mail", "chat", "größe.$x", "")
                .map(type -> Notification.unseen(
                        ids.reserve(1), ANNA, Message.of("x").withType(type), CREATED))
                .toList());

        assertThat(counts(ANNA, 10))
                .isEqualTo(new UnseenCounts(5, Map.of("chat", 2, "mail", 1, "größe.$x", 1, "", 1), false));
    }

    @Test
    void countsStopAtTheCapAndAreMarkedCapped() {
        stored(ANNA, 5);

        assertThat(counts(ANNA, 6)).isEqualTo(new UnseenCounts(5, Map.of("", 5), false));
        assertThat(counts(ANNA, 5)).isEqualTo(new UnseenCounts(5, Map.of("", 5), false));
        assertThat(counts(ANNA, 4)).isEqualTo(new UnseenCounts(4, Map.of("", 4), true));
    }

    @Test
    void unseenReadingContainsTheNewestIds() {
        List<String> stored = stored(ANNA, UnseenReading.NEWEST + 5).stream()
                .map(Notification::id)
                .toList();
        store.markSeen(ANNA, stored.subList(stored.size() - 3, stored.size()), LATER);
        stored(BEN, 2);

        List<String> unseen = new ArrayList<>(stored.subList(0, stored.size() - 3));
        Collections.reverse(unseen);
        assertThat(store.readUnseen(ANNA, ALL).newest()).isEqualTo(unseen.subList(0, UnseenReading.NEWEST));
        assertThat(store.readUnseen(ANNA, ALL).counts().total()).isEqualTo(unseen.size());
        assertThat(store.readUnseen("nobody", ALL)).isEqualTo(UnseenReading.NONE);
    }

    @Test
    void unseenOfManyUsersAreReadAsForEach() {
        List<Notification> annas = stored(ANNA, UnseenReading.NEWEST + 5);
        store.markSeen(ANNA, List.of(annas.get(3).id()), LATER);
        store.delete(ANNA, List.of(annas.get(4).id()), LATER);
        store.store(
                List.of(Notification.unseen(ids.reserve(1), BEN, Message.of("x").withType("chat"), CREATED)));
        assertReadAsForEach(Set.of(ANNA, BEN, "nobody"), ALL);
        assertReadAsForEach(Set.of(ANNA, BEN, "nobody"), 5);
        assertReadAsForEach(Set.of(BEN), ALL);

        stored("carl", 1100);
        assertThat(store.readUnseenOfAll(Set.of(ANNA, BEN, "carl"), 1000))
                .allSatisfy((user, reading) -> assertThat(reading).isEqualTo(store.readUnseen(user, 1000)));
        assertReadAsForEach(Set.of("carl"), 1000);
    }

    private void assertReadAsForEach(Set<String> users, int cap) {
        assertThat(store.readUnseenOfAll(users, cap))
                .containsOnlyKeys(users)
                .allSatisfy((user, reading) -> assertThat(reading).isEqualTo(store.readUnseen(user, cap)));
    }

    @Test
    void notificationsOfManyUsersAreFoundInOneCall() {
        List<Notification> all = IntStream.range(0, 2500)
                .mapToObj(i -> Notification.unseen(ids.reserve(1), "user" + i % 1300, Message.of("" + i), CREATED))
                .toList();
        store.store(all);
        store.delete("user3", List.of(all.get(3).id()), LATER);
        store.markSeen("user4", List.of(all.get(4).id()), LATER);
        List<NotificationKey> keys = new ArrayList<>(all.stream()
                .map(one -> new NotificationKey(one.userId(), one.id()))
                .toList());
        keys.add(new NotificationKey("user5", NO_SUCH_ID));
        keys.add(new NotificationKey("user7", all.get(6).id()));

        List<Notification> found = store.find(keys);

        List<Notification> kept = new ArrayList<>(all);
        kept.set(4, all.get(4).seenAt(LATER));
        kept.remove(3);
        assertThat(found).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(store.find(List.of())).isEmpty();
    }

    // Looking for what was published lately

    @Test
    void recentUnseenNotificationsOfManyUsersAreFound() {
        List<String> users = IntStream.range(0, 100).mapToObj(i -> "user" + i).toList();
        users.forEach(user -> stored(user, 2));
        List<Notification> recent = new ArrayList<>();
        users.subList(0, 60).forEach(user -> recent.addAll(stored(user, 2)));
        stored("other", 1);
        List<Notification> expected = new ArrayList<>(recent);
        expected.remove(7);
        expected.remove(2);
        store.delete(recent.get(7).userId(), List.of(recent.get(7).id()), LATER);
        store.markSeen(recent.get(2).userId(), List.of(recent.get(2).id()), LATER);

        assertThat(store.recentUnseen(users, recent.get(0).id())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(store.recentUnseen(users.subList(60, 100), recent.get(0).id()))
                .isEmpty();
        assertThat(store.recentUnseen(List.of("user1", "user1"), recent.get(0).id()))
                .hasSize(1);
    }

    @Test
    void recentIsWhatHasThisIdOrALargerOne() {
        List<Notification> stored = stored(ANNA, 3);

        assertThat(store.recentUnseen(List.of(ANNA), stored.get(1).id()))
                .containsExactlyInAnyOrderElementsOf(stored.subList(1, 3));
        assertThat(store.recentUnseen(List.of(ANNA), "0".repeat(24))).hasSize(3);
        assertThat(store.recentUnseen(List.of(ANNA), NO_SUCH_ID)).isEmpty();
        assertThat(store.recentUnseen(List.of(), stored.get(0).id())).isEmpty();
        assertThat(store.recentUnseen(List.of("nobody"), stored.get(0).id())).isEmpty();
    }

    // Users

    static Stream<String> oddUserIds() {
        return Stream.of(
                "",
                " ",
                "3",
                "a/b",
                "a b ",
                "/",
                "..",
                "a\u0001b",
                "a.b",
                "$where",
                "{\"$gt\":\"\"}",
                "%00",
                "jürgen",
                "\u65E5\u672C",
                "\uD83D\uDD14",
                "\uFFFF",
                "u".repeat(700));
    }

    @ParameterizedTest
    @MethodSource("oddUserIds")
    void everyUserIdIsADifferentUser(String user) {
        List<String> neighbours = List.of(user + "0", user + " ", user + "/", user + "\uFFFF", "x" + user);
        neighbours.forEach(neighbour -> stored(neighbour, 1));
        List<Notification> own = stored(user, 3);
        neighbours.forEach(neighbour -> stored(neighbour, 1));

        assertThat(store.unseen(user, ALL, Long.MAX_VALUE)).containsExactlyElementsOf(own);
        assertThat(store.page(user, 0, ALL)).containsExactlyElementsOf(reversed(own));
        assertThat(before(user, NO_SUCH_ID, ALL)).containsExactlyElementsOf(reversed(own));
        assertThat(store.recentUnseen(List.of(user), own.get(1).id()))
                .containsExactlyInAnyOrderElementsOf(own.subList(1, 3));
        assertThat(counts(user, 10).total()).isEqualTo(3);
        assertThat(store.delete(user, List.of(own.get(0).id()), LATER)).hasSize(1);
        assertThat(store.markAllSeen(user, Optional.empty(), LATER))
                .contains(own.get(2).id());
        assertThat(store.unseen(user, ALL, Long.MAX_VALUE)).isEmpty();
        for (String neighbour : neighbours) {
            assertThat(store.unseen(neighbour, ALL, Long.MAX_VALUE)).hasSize(2);
        }
    }

    @Test
    void userIdsAreCaseSensitive() {
        stored("anna", 1);

        assertThat(store.page("Anna", 0, ALL)).isEmpty();
    }

    // Many threads

    @Test
    void concurrentStoresOfOneNotificationStoreItOnce() {
        List<Notification> batch = fresh(ANNA, 50);

        Race.of(4, () -> {
            store.store(batch);
            assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).containsExactlyElementsOf(batch);
            return null;
        });

        assertThat(store.page(ANNA, 0, ALL)).containsExactlyElementsOf(reversed(batch));
        assertThat(counts(ANNA, 100).total()).isEqualTo(50);
    }

    @Test
    void everyThreadFindsItsNotificationsAndNoneIsLost() {
        List<List<Notification>> stored = Race.of(6, thread -> () -> {
            List<Notification> mine = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                List<Notification> some = stored(i % 2 == 0 ? ANNA : "user" + thread, 2);
                assertThat(store.unseen(some.get(0).userId(), ALL, Long.MAX_VALUE))
                        .containsAll(some);
                mine.addAll(some);
            }
            return mine;
        });

        List<String> annas = stored.stream()
                .flatMap(List::stream)
                .filter(notification -> notification.userId().equals(ANNA))
                .map(Notification::id)
                .sorted()
                .toList();
        assertThat(idsOf(store.unseen(ANNA, ALL, Long.MAX_VALUE))).containsExactlyElementsOf(annas);
        assertThat(counts(ANNA, 1_000).total()).isEqualTo(6 * 20);
        assertThat(counts("user3", 1_000).total()).isEqualTo(20);
    }

    @Test
    void concurrentDeletesSucceedOnceAndForGood() {
        List<String> all = idsOf(stored(ANNA, 40));

        List<List<String>> deleted = Race.of(4, thread -> () -> {
            if (thread % 2 == 0) {
                store.markSeen(ANNA, all, LATER);
                store.markAllSeen(ANNA, Optional.empty(), LATER);
            }
            return store.delete(ANNA, all, LATER);
        });

        assertThat(deleted.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(store.page(ANNA, 0, ALL)).isEmpty();
        assertThat(store.unseen(ANNA, ALL, Long.MAX_VALUE)).isEmpty();
        assertThat(counts(ANNA, 100)).isEqualTo(UnseenCounts.NONE);
    }

    private List<Notification> fresh(String user, int count) {
        String first = ids.reserve(count);
        return IntStream.range(0, count)
                .mapToObj(i -> Notification.unseen(NotificationIds.plus(first, i), user, Message.of("n" + i), CREATED))
                .toList();
    }

    /** Stores contents for Anna, oldest first. */
    private List<Notification> stored(String... contents) {
        List<Notification> stored = Stream.of(contents)
                .map(content -> Notification.unseen(ids.reserve(1), ANNA, Message.of(content), CREATED))
                .toList();
        store.store(stored);
        return stored;
    }

    private List<Notification> before(String user, String id, int limit) {
        return store.newest(user, Optional.of(id), TextBudget.ofNotifications(limit))
                .items();
    }

    private List<Notification> stored(String user, int count) {
        List<Notification> stored = fresh(user, count);
        store.store(stored);
        return stored;
    }

    private static List<Notification> reversed(List<Notification> notifications) {
        List<Notification> reversed = new ArrayList<>(notifications);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<String> idsOf(List<Notification> notifications) {
        return notifications.stream().map(Notification::id).toList();
    }

    private UnseenCounts counts(String userId, int cap) {
        return store.readUnseen(userId, cap).counts();
    }
}
