package org.wsnotify.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.Addressee.Outcome;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;
import org.wsnotify.story.StoredStory;

/** The tests that every {@link UserDataStore} passes. */
public abstract class UserDataStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private Stores stores;

    /** The stores under test, on one database. */
    public record Stores(NotificationStore notifications, MailOutbox outbox, UserDataStore data) {}

    /** Opens the stores, empty. Called once before each test. */
    protected abstract Stores emptyStores() throws Exception;

    @BeforeEach
    void open() throws Exception {
        stores = emptyStores();
    }

    @Test
    void notificationsAreReadOldestFirstWhetherTheyWereRemovedOrNot() {
        List<String> annas = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            annas.add(stored("anna"));
            stored("anna2");
        }
        stores.notifications().delete("anna", annas.subList(1, 3), NOW);

        assertThat(idsOf(stores.data().notifications("anna", false, Optional.empty(), 2)))
                .containsExactly(annas.get(0), annas.get(3));
        assertThat(idsOf(stores.data().notifications("anna", false, Optional.of(annas.get(3)), 2)))
                .containsExactly(annas.get(4));
        assertThat(idsOf(stores.data().notifications("anna", true, Optional.empty(), 10)))
                .containsExactly(annas.get(1), annas.get(2));
        assertThat(stores.data().notifications("nobody", false, Optional.empty(), 10))
                .isEmpty();
    }

    @Test
    void notificationsOfOneUserAreErasedSomeAtATime() {
        List<String> annas = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            annas.add(stored("anna"));
        }
        String other = stored("anna2");
        stores.notifications().delete("anna", annas.subList(0, 2), NOW);

        assertThat(stores.data().eraseNotifications("anna", 4)).isEqualTo(4);
        assertThat(stores.data().eraseNotifications("anna", 4)).isEqualTo(1);
        assertThat(stores.data().eraseNotifications("anna", 4)).isZero();

        assertThat(stores.data().notifications("anna", false, Optional.empty(), 10))
                .isEmpty();
        assertThat(stores.data().notifications("anna", true, Optional.empty(), 10))
                .isEmpty();
        assertThat(idsOf(stores.data().notifications("anna2", false, Optional.empty(), 10)))
                .containsExactly(other);
    }

    @Test
    void mailsOfAUserAreFoundInTheOrderOfTheirIds() {
        stores.outbox()
                .owe(List.of(
                        entry("p1-1", "anna", "ben"),
                        entry("p2-1", "ben"),
                        entry("p3-1", "anna"),
                        entry("p4-1", "anna")));

        assertThat(mailIds(stores.data().mails("anna", Optional.empty(), 2))).containsExactly("p1-1", "p3-1");
        assertThat(mailIds(stores.data().mails("anna", Optional.of("p3-1"), 2))).containsExactly("p4-1");
        assertThat(stores.data().mails("cleo", Optional.empty(), 2)).isEmpty();
        assertThat(stores.data().addresses("anna")).containsExactly("anna@a.example");
        assertThat(stores.data().addresses("cleo")).isEmpty();
    }

    @Test
    void userIsTakenOutOfMailInAnyState() {
        stores.outbox().owe(List.of(entry("p1-1", "anna", "ben", "anna"), entry("p2-1", "anna"), entry("p3-1", "ben")));
        OutboxEntry<OwedMail> first = stores.outbox().claim(NOW, LEASE).orElseThrow();
        stores.outbox().settle(first, first.in(OutboxEntry.State.DEAD, "550"));
        stores.outbox().present(Map.of("of p1-1", Set.of("anna")), NOW);

        assertThat(stores.data().eraseMails("anna")).isEqualTo(2);

        assertThat(stores.data().mails("anna", Optional.empty(), 10)).isEmpty();
        assertThat(mailIds(stores.data().mails("ben", Optional.empty(), 10))).containsExactly("p1-1", "p3-1");
        assertThat(stores.outbox().status().owed()).isEqualTo(1);
        assertThat(stores.outbox().claim(NOW, LEASE).map(OutboxEntry::id)).contains("p3-1");
        assertThat(stores.outbox().claim(NOW, LEASE)).isEmpty();
        assertThat(stores.data().eraseMails("anna")).isZero();
        stores.outbox().forget(NOW.plusSeconds(1));
    }

    @Test
    void mailThatIsBeingSentDoesNotBringTheUserBack() {
        stores.outbox().owe(List.of(entry("p1-1", "anna", "ben"), entry("p2-1", "anna")));
        OutboxEntry<OwedMail> both = stores.outbox().claim(NOW, LEASE).orElseThrow();
        OutboxEntry<OwedMail> alone = stores.outbox().claim(NOW, LEASE).orElseThrow();

        stores.data().eraseMails("anna");

        assertThat(stores.outbox().settle(both, sent(both))).isTrue();
        assertThat(stores.outbox().settle(both, sent(both))).as("again").isIn(true, false);
        assertThat(stores.outbox().settle(alone, sent(alone))).isFalse();
        assertThat(stores.data().mails("anna", Optional.empty(), 10)).isEmpty();
        assertThat(stores.data().mails("ben", Optional.empty(), 10))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.state()).isEqualTo(OutboxEntry.State.DONE);
                    assertThat(entry.owed().addressees())
                            .extracting(Addressee::userId, Addressee::outcome)
                            .containsExactly(tuple("ben", Outcome.SENT));
                });
        assertThat(stores.outbox().claim(NOW.plus(LEASE), LEASE)).isEmpty();
    }

    private static OutboxEntry<OwedMail> sent(OutboxEntry<OwedMail> claimed) {
        List<Addressee> all = claimed.owed().addressees().stream()
                .map(one -> one.with(Outcome.SENT))
                .toList();
        return claimed.withOwed(claimed.owed().withAddressees(all)).in(OutboxEntry.State.DONE, "250");
    }

    private static OutboxEntry<OwedMail> entry(String id, String... users) {
        Instant due = NOW.minusSeconds(9 - Character.digit(id.charAt(1), 10)); // claimed in the order of their ids
        return OwedMails.entry(id, OwedMails.MAIL, NOW.minusSeconds(60), due, users);
    }

    private String stored(String user) {
        Notification one = Notification.unseen(ids.reserve(1), user, Message.of("c"), NOW);
        stores.notifications().store(List.of(one));
        return one.id();
    }

    private static List<String> idsOf(List<StoredStory> stories) {
        return stories.stream().map(story -> story.notification().id()).toList();
    }

    private static List<String> mailIds(List<OutboxEntry<OwedMail>> entries) {
        return entries.stream().map(OutboxEntry::id).toList();
    }
}
