package org.wsnotify.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.wsnotify.Race;
import org.wsnotify.delivery.IdempotencyStore.Claim;
import org.wsnotify.delivery.Keys;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OutboxEntry.State;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.OwedMails;

/**
 * Unique keys and leases hold when fifty threads, each as a server of its own would, do the same at the same moment.
 */
class MongoConcurrencyTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final int THREADS = 50;

    @RegisterExtension
    static final DatabasePerClass DATABASE = new DatabasePerClass(MongoTestDatabase::onServer);

    @Test
    void aPublicationRepeatedByAllThreadsIsStoredOnce() {
        MongoNotificationStore store = new MongoNotificationStore(DATABASE.connection());
        String first = new NotificationIds(Clock.systemUTC()).reserve(200);
        List<Notification> all = IntStream.range(0, 200)
                .mapToObj(i -> Notification.unseen(NotificationIds.plus(first, i), "anna", Message.of("n"), NOW))
                .toList();

        Race.of(THREADS, () -> {
            store.store(all);
            return null;
        });

        assertThat(store.unseen("anna", 1_000, Long.MAX_VALUE)).containsExactlyElementsOf(all);
    }

    @Test
    void aDeletedNotificationIsReportedToOneThread() {
        MongoNotificationStore store = new MongoNotificationStore(DATABASE.connection());
        Notification one =
                Notification.unseen(new NotificationIds(Clock.systemUTC()).reserve(1), "anna", Message.of("n"), NOW);
        store.store(List.of(one));

        List<List<String>> told = Race.of(THREADS, () -> store.delete("anna", List.of(one.id()), NOW));

        assertThat(told.stream().flatMap(List::stream)).containsExactly(one.id());
    }

    @Test
    void aNewOrAbandonedKeyIsGrantedToOneThread() {
        MongoIdempotencyStore keys = new MongoIdempotencyStore(DATABASE.connection());
        for (int round = 0; round < 5; round++) {
            String key = "key" + round;

            assertThat(Race.of(THREADS, thread -> () -> Keys.claim(keys, key, "payload", "id" + thread, NOW, LEASE)))
                    .filteredOn(Claim.Granted.class::isInstance)
                    .hasSize(1);
            assertThat(Race.of(
                            THREADS,
                            thread -> () -> Keys.claim(keys, key, "payload", "late" + thread, NOW.plus(LEASE), LEASE)))
                    .filteredOn(Claim.Granted.class::isInstance)
                    .hasSize(1)
                    .doesNotContain(new Claim.Granted("late"));
        }
    }

    @Test
    void everyMailIsClaimedAndSettledByOneThread() {
        MongoOutbox outbox = new MongoOutbox(DATABASE.connection());
        outbox.owe(IntStream.range(0, 300).mapToObj(i -> entry("m" + i)).toList());

        List<List<String>> settled = Race.of(THREADS, () -> settleAll(outbox, NOW));

        assertThat(outbox.status().owed()).isZero();
        assertThat(settled.stream().flatMap(List::stream))
                .doesNotHaveDuplicates()
                .hasSize(300);
    }

    @Test
    void oneThreadWinsAnExpiredClaimAndTheLoserSettlesNothing() {
        MongoOutbox outbox = new MongoOutbox(DATABASE.connection());
        outbox.owe(List.of(entry("a")));
        OutboxEntry<OwedMail> lost = outbox.claim(NOW, LEASE).orElseThrow();

        List<List<String>> settled = Race.of(
                THREADS, thread -> () -> thread == 0 ? settle(outbox, lost) : settleAll(outbox, NOW.plus(LEASE)));

        assertThat(settled.stream().flatMap(List::stream)).containsExactly("a");
    }

    private static List<String> settleAll(MongoOutbox outbox, Instant now) {
        List<String> settled = new ArrayList<>();
        Optional<OutboxEntry<OwedMail>> claimed = outbox.claim(now, LEASE);
        while (claimed.isPresent()) {
            settled.addAll(settle(outbox, claimed.get()));
            claimed = outbox.claim(now, LEASE);
        }
        return settled;
    }

    private static List<String> settle(MongoOutbox outbox, OutboxEntry<OwedMail> claimed) {
        return outbox.settle(claimed, claimed.in(State.DONE, "")) ? List.of(claimed.id()) : List.of();
    }

    private static OutboxEntry<OwedMail> entry(String id) {
        return OwedMails.entry(id, NOW, "anna");
    }
}
