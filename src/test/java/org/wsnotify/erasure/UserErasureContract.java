package org.wsnotify.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wsnotify.delivery.DeliveryFixture;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.delivery.ScheduledPublication.Place;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailCondition;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.story.PublicationPushes;
import org.wsnotify.story.StoryStore;

/** After an erasure no part of the store names the user: every store passes this. */
public abstract class UserErasureContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** Random, so that a compressed file has them as they are, and so that no part of them occurs by chance. */
    private static final String ERASED = "qK7vXr2ZpW9dTn4B";

    private static final String ADDRESS = "yM3hGc8FsJ6u@LbQ5xVa1RkE0.example";
    private static final String OTHER = "oDz5Nw8HtPi2YfUe";

    @TempDir
    Path others;

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private Stores stores;

    /** The stores under test, on one database. */
    public record Stores(
            NotificationStore notifications,
            MailOutbox outbox,
            ScheduleStore schedule,
            StoryStore stories,
            IdempotencyStore idempotency,
            UserDataStore data) {}

    /** Opens the stores, empty. */
    protected abstract Stores emptyStores() throws Exception;

    /** Gives the space of what was removed back. */
    protected abstract void compact();

    /** Returns everything that is stored, as text: more than once, if it can be read in more than one way. */
    protected abstract List<String> everythingStored() throws Exception;

    @Test
    void nothingNamesAnErasedUser() throws Exception {
        stores = emptyStores();
        inbox(ERASED);
        inbox(OTHER);
        mails();
        scheduled(ERASED, OTHER);
        scheduled(ERASED);
        idempotencyKey();
        assertThat(everythingStored()).allSatisfy(text -> {
            assertThat(pieces(ERASED)).anyMatch(text::contains);
            assertThat(pieces(ADDRESS)).anyMatch(text::contains);
        });

        UserErasure.Receipt receipt = erase();

        assertThat(receipt).isEqualTo(new UserErasure.Receipt(0, 4, 2, 4, 0));
        compact();
        assertThat(everythingStored()).allSatisfy(text -> {
            assertThat(pieces(OTHER)).anyMatch(text::contains);
            assertThat(pieces(ERASED)).noneMatch(text::contains);
            assertThat(pieces(ADDRESS.replace(".example", ""))).noneMatch(text::contains);
        });
        assertThat(erase()).isEqualTo(new UserErasure.Receipt(0, 0, 0, 0, 0));
        assertThat(stores.notifications().page(OTHER, 0, 10)).hasSize(2);
    }

    private UserErasure.Receipt erase() {
        try (DeliveryFixture server = new DeliveryFixture(others.resolve("server"))) {
            return new UserErasure(
                            stores.data(), stores.schedule(), server.devices, MailFiles.NONE, () -> {}, millis -> {})
                    .erase(ERASED, List.of());
        }
    }

    /** Kept, seen, and deleted notifications, with pushes and decisions. */
    private void inbox(String user) {
        List<String> all = new ArrayList<>();
        for (Message message : List.of(
                Message.of("plain").withGroup("g"),
                Message.of("seen").expiringAt(NOW.plusSeconds(9)),
                Message.of("deleted").withGroup("h"),
                Message.of("seen and deleted"))) {
            Notification one = Notification.unseen(ids.reserve(1), user, message, NOW);
            stores.notifications().store(List.of(one));
            stores.stories().present(List.of(new NotificationKey(user, one.id())), NOW);
            all.add(one.id());
        }
        stores.notifications().markSeen(user, List.of(all.get(1), all.get(3)), NOW);
        stores.notifications().delete(user, all.subList(2, 4), NOW);
        stores.stories()
                .pushed(List.of(new PublicationPushes(
                        all.get(0), "c0ffee01", NOW, List.of(new PublicationPushes.Group(1, List.of(0))))));
    }

    /** Mail that is owed, claimed, done and dead. */
    private void mails() {
        stores.outbox().owe(List.of(mail("p1", ERASED, OTHER)));
        settle(OutboxEntry.State.DONE);
        stores.outbox().owe(List.of(mail("p2", ERASED)));
        settle(OutboxEntry.State.DEAD);
        stores.outbox().owe(List.of(mail("p3", OTHER, ERASED)));
        assertThat(stores.outbox().claim(NOW, LEASE)).isPresent();
        stores.outbox().owe(List.of(mail("p4", ERASED), mail("p5", OTHER)));
        stores.outbox().present(Map.of("p3", Set.of(ERASED), "p4", Set.of(ERASED)), NOW);
    }

    private void settle(OutboxEntry.State state) {
        OutboxEntry<OwedMail> claimed = stores.outbox().claim(NOW, LEASE).orElseThrow();
        stores.outbox().settle(claimed, claimed.in(state, "answer"));
    }

    private static OutboxEntry<OwedMail> mail(String publication, String... users) {
        List<Addressee> addressees = new ArrayList<>();
        for (String user : users) {
            addressees.add(Addressee.waiting(user, publication + " of it", address(user)));
        }
        OwedMail owed = new OwedMail(publication, text(), addressees, new MailCondition.UnlessPresent());
        return OutboxEntry.owed(publication + "-c1", owed, NOW, NOW);
    }

    private void scheduled(String... users) {
        PublicationId id = new PublicationId(ids.reserveAt(NOW, users.length), users.length);
        List<Place> places = new ArrayList<>();
        for (String user : users) {
            places.add(new Place(places.size(), new Recipient(user, address(user))));
        }
        Publication.MailRequest mail = new Publication.MailRequest(text(), false);
        stores.schedule()
                .add(List.of(new ScheduledPublication(
                        id, NOW.plusSeconds(60), Message.of("later"), places, Optional.of(mail))));
    }

    /** A key is stored as a hash, even if it names the user; the answer has a letter for each recipient. */
    private void idempotencyKey() {
        String key = "order 7 of " + ERASED;
        String first = ids.reserve(1);
        stores.idempotency().claim(List.of(new IdempotencyStore.Request(key, "sha256:aa", first)), NOW, LEASE);
        stores.idempotency().complete(Map.of(key, first + "o"));
    }

    private static String address(String user) {
        return user.equals(ERASED) ? ADDRESS : user + "@a.example";
    }

    private static Mail text() {
        return new Mail("subject", "content", "1.0", "text/plain");
    }

    /** Returns all parts of six characters: a compressed file may divide a text. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from + 6 <= text.length(); from++) {
            pieces.add(text.substring(from, from + 6));
        }
        return pieces;
    }
}
