package org.wsnotify.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wsnotify.Race;
import org.wsnotify.delivery.ScheduleStore.Claimed;
import org.wsnotify.delivery.ScheduledPublication.Place;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.notification.Recipient;

/** The tests that every {@link ScheduleStore} passes. */
public abstract class ScheduleStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String UNKNOWN = "ffffffffffffffffffffffff";

    private final NotificationIds ids = new NotificationIds(Clock.systemUTC());
    private ScheduleStore store;

    /** Opens the store under test, empty. Called once before each test. */
    protected abstract ScheduleStore emptyStore() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @Test
    void publicationIsClaimedUnchangedAtItsTime() {
        ScheduledPublication publication = rich(NOW);
        store.add(List.of(publication));

        assertThat(store.claim(NOW.minusMillis(1), LEASE)).isEmpty();
        assertThat(store.claim(NOW, LEASE).map(Claimed::publication)).contains(publication);
        assertThat(store.claim(NOW, LEASE)).isEmpty();
    }

    @Test
    void firstDueIsClaimedFirstAndRemovedWhenItIsComplete() {
        ScheduledPublication later = to(NOW, "anna");
        ScheduledPublication first = to(NOW.minusSeconds(1), "ben");
        store.add(List.of(later, first));

        Claimed claimed = store.claim(NOW, LEASE).orElseThrow();
        assertThat(claimed.publication()).isEqualTo(first);
        assertThat(store.complete(claimed, List.of())).isEmpty();

        assertThat(store.claim(NOW, LEASE).map(Claimed::publication)).contains(later);
        assertThat(store.claim(NOW.plus(LEASE).minusMillis(1), LEASE)).isEmpty();
        assertThat(store.find(first.id().first())).isEmpty();
    }

    @Test
    void claimOfADeadServerIsTakenOverAndItsCompletionIgnored() {
        store.add(List.of(to(NOW, "anna")));
        Claimed lost = store.claim(NOW, LEASE).orElseThrow();

        Claimed taken = store.claim(NOW.plus(LEASE), LEASE).orElseThrow();
        assertThat(taken.publication()).isEqualTo(lost.publication());
        assertThat(store.renew(lost, NOW.plus(LEASE).plus(LEASE))).isFalse();
        assertThat(store.complete(lost, List.of())).isEmpty();
        assertThat(store.find(taken.publication().id().first())).isPresent();
        assertThat(store.complete(taken, List.of())).isEmpty();
        assertThat(store.find(taken.publication().id().first())).isEmpty();
    }

    @Test
    void renewedClaimIsNotTakenOverUntilItsNewEnd() {
        store.add(List.of(to(NOW, "anna")));
        Claimed claimed = store.claim(NOW, LEASE).orElseThrow();
        Instant end = NOW.plus(LEASE).plus(LEASE);

        assertThat(store.renew(claimed, end)).isTrue();

        assertThat(store.claim(end.minusMillis(1), LEASE)).isEmpty();
        assertThat(store.complete(claimed, List.of())).isEmpty();
        assertThat(store.renew(claimed, end)).isFalse();
        assertThat(store.claim(end, LEASE)).isEmpty();
    }

    @Test
    void samePublicationIsAddedOnce() {
        ScheduledPublication publication = to(NOW, "anna", "ben");
        store.add(List.of(publication));
        store.withdraw(new PublicationId(publication.id().first(), 1));

        store.add(List.of(publication));

        assertThat(store.claim(NOW, LEASE).orElseThrow().publication().recipients())
                .hasSize(1);
        assertThat(store.claim(NOW, LEASE)).isEmpty();
    }

    @Test
    void ofSeveralServersOneClaims() {
        List<ScheduledPublication> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(to(NOW, "user" + i));
        }
        store.add(all);

        List<List<ScheduledPublication>> claimed = Race.of(4, () -> {
            List<ScheduledPublication> mine = new ArrayList<>();
            for (Optional<Claimed> one = store.claim(NOW, LEASE); one.isPresent(); one = store.claim(NOW, LEASE)) {
                mine.add(one.get().publication());
            }
            return mine;
        });

        assertThat(claimed.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(all);
    }

    // Withdrawal

    @Test
    void withdrawnRecipientIsLeftOutAndTheOthersKeepTheirPlaces() {
        ScheduledPublication publication = to(NOW, "anna", "ben", "cleo");
        store.add(List.of(publication));
        String bens = NotificationIds.plus(publication.id().first(), 1);

        assertThat(store.withdraw(new PublicationId(bens, 1))).isEqualTo(1);
        assertThat(store.withdraw(new PublicationId(bens, 1))).isZero();

        assertThat(store.find(bens)).isEmpty();
        assertThat(store.claim(NOW, LEASE).orElseThrow().publication().recipients())
                .containsExactly(place(0, "anna"), place(2, "cleo"));
    }

    @Test
    void publicationThatIsWithdrawnWholeIsGone() {
        ScheduledPublication publication = to(NOW, "anna", "ben");
        ScheduledPublication other = to(NOW, "anna");
        store.add(List.of(publication, other));

        assertThat(store.withdraw(publication.id())).isEqualTo(2);

        assertThat(store.claim(NOW, LEASE).map(Claimed::publication)).contains(other);
        assertThat(store.claim(NOW, LEASE)).isEmpty();
        assertThat(store.withdraw(publication.id())).isZero();
    }

    @Test
    void whatIsWithdrawnDuringTheDeliveryIsToldAtItsEnd() {
        ScheduledPublication publication = to(NOW, "anna", "ben", "cleo");
        store.add(List.of(publication));
        Claimed claimed = store.claim(NOW, LEASE).orElseThrow();
        PublicationId all = publication.id();

        assertThat(store.withdraw(all)).isEqualTo(3);

        assertThat(store.complete(claimed, List.of())).containsExactly(all);
        assertThat(store.complete(claimed, List.of(all))).isEmpty();
        assertThat(store.claim(NOW.plus(LEASE), LEASE)).isEmpty();
    }

    /** The server that died may have stored what was withdrawn. */
    @Test
    void whatIsWithdrawnDuringADeliveryThatBrokeOffIsToldAtTheEndOfTheNextOne() {
        ScheduledPublication publication = to(NOW, "anna", "ben");
        store.add(List.of(publication));
        assertThat(store.claim(NOW, LEASE)).isPresent();
        PublicationId annas = new PublicationId(publication.id().first(), 1);
        assertThat(store.withdraw(annas)).isEqualTo(1);

        Claimed again = store.claim(NOW.plus(LEASE), LEASE).orElseThrow();

        assertThat(again.publication().recipients()).containsExactly(place(1, "ben"));
        assertThat(store.complete(again, List.of())).containsExactly(annas);
        assertThat(store.find(publication.id().first())).isEmpty();
        assertThat(store.of("ben", Optional.empty(), 10)).as("not complete yet").hasSize(1);
        PublicationId bens = new PublicationId(NotificationIds.plus(annas.first(), 1), 1);
        assertThat(store.withdraw(bens)).isEqualTo(1);
        assertThat(store.complete(again, List.of(annas))).containsExactly(bens);
        assertThat(store.complete(again, List.of(annas, bens))).isEmpty();
        assertThat(store.claim(NOW.plus(LEASE).plus(LEASE), LEASE)).isEmpty();
    }

    @Test
    void whatIsWithdrawnBeforeTheDeliveryNeedNotBeTakenBack() {
        ScheduledPublication publication = to(NOW, "anna", "ben");
        store.add(List.of(publication));
        store.withdraw(new PublicationId(publication.id().first(), 1));

        assertThat(store.complete(store.claim(NOW, LEASE).orElseThrow(), List.of()))
                .isEmpty();
        assertThat(store.of("ben", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void idsOfOthersWithdrawNothing() {
        ScheduledPublication publication = to(NOW, "anna", "ben");
        store.add(List.of(publication));
        String behind = NotificationIds.plus(publication.id().first(), 2);

        assertThat(store.withdraw(new PublicationId(behind, 10))).isZero();
        assertThat(store.withdraw(new PublicationId(UNKNOWN, 1))).isZero();
        assertThat(store.withdraw(new PublicationId(ids.reserve(1), 1))).isZero();
        assertThat(store.find(behind)).isEmpty();
        assertThat(store.find("no id")).isEmpty();
        assertThat(store.claim(NOW, LEASE).map(Claimed::publication)).contains(publication);
    }

    // Finding

    @Test
    void publicationIsFoundByNotificationAndByUser() {
        ScheduledPublication publication = to(NOW, "anna", "ben", "anna");
        store.add(List.of(publication, to(NOW, "ben")));

        assertThat(store.find(NotificationIds.plus(publication.id().first(), 2)))
                .contains(publication.withRecipients(List.of(place(2, "anna"))));
        assertThat(store.of("anna", Optional.empty(), 10))
                .containsExactly(publication.withRecipients(List.of(place(0, "anna"), place(2, "anna"))));
        assertThat(store.of("cleo", Optional.empty(), 10)).isEmpty();
        assertThat(store.of("a", Optional.empty(), 10))
                .as("the beginning of another id")
                .isEmpty();
    }

    @Test
    void publicationsToAUserAreReadInParts() {
        List<ScheduledPublication> all =
                List.of(to(NOW, "ben"), to(NOW.plusSeconds(2), "ben"), to(NOW.plusSeconds(1), "ben"), to(NOW, "anna"));
        store.add(all);

        List<ScheduledPublication> first = store.of("ben", Optional.empty(), 2);
        List<ScheduledPublication> second =
                store.of("ben", Optional.of(first.get(1).id()), 2);

        assertThat(first).hasSize(2);
        assertThat(Stream.concat(first.stream(), second.stream()))
                .containsExactlyInAnyOrderElementsOf(all.subList(0, 3));
        assertThat(store.of("ben", Optional.of(second.get(0).id()), 2)).isEmpty();
        assertThat(store.size()).isEqualTo(4);
    }

    @Test
    void whatIsWithdrawnDuringADeliveryIsTakenBackUntilItsEnd() {
        ScheduledPublication publication = to(NOW, "anna", "ben");
        String bens = NotificationIds.plus(publication.id().first(), 1);
        store.add(List.of(publication, to(NOW.plusSeconds(60), "ben")));
        Claimed claimed = store.claim(NOW, LEASE).orElseThrow();
        assertThat(store.isTakingBack()).isFalse();

        store.withdraw(new PublicationId(bens, 1));
        assertThat(store.isTakingBack()).isTrue();

        store.complete(claimed, store.complete(claimed, List.of()));
        assertThat(store.isTakingBack()).isFalse();
    }

    @Test
    void publicationIsFoundByTheUsersWhoAreLeft() {
        ScheduledPublication publication = to(NOW, "anna", "ben", "anna");
        store.add(List.of(publication));

        store.withdraw(new PublicationId(publication.id().first(), 2));
        assertThat(store.of("anna", Optional.empty(), 10))
                .containsExactly(publication.withRecipients(List.of(place(2, "anna"))));
        assertThat(store.of("ben", Optional.empty(), 10)).isEmpty();

        store.withdraw(publication.id());
        assertThat(store.of("anna", Optional.empty(), 10)).isEmpty();
    }

    private static Place place(int place, String user) {
        return new Place(place, new Recipient(user, user + "@a.example"));
    }

    private ScheduledPublication to(Instant at, String... users) {
        List<Place> places = new ArrayList<>();
        for (String user : users) {
            places.add(place(places.size(), user));
        }
        PublicationId id = new PublicationId(ids.reserveAt(at, users.length), users.length);
        return new ScheduledPublication(id, at, Message.of("c"), places, Optional.empty());
    }

    private ScheduledPublication rich(Instant at) {
        ScheduledPublication plain = to(at, "anna", "ben");
        Message message = new Message(
                "type",
                "title",
                "Gr\u00fc\u00dfe \uD83D\uDD14",
                "/u",
                "/i",
                "/p",
                List.of(new Action("Yes", "/yes")),
                "group",
                Optional.of(NOW.plusSeconds(60)));
        Mail mail = new Mail("subject", "content", "1.0", "text/html");
        return new ScheduledPublication(
                plain.id(), at, message, plain.recipients(), Optional.of(new Publication.MailRequest(mail, true)));
    }
}
