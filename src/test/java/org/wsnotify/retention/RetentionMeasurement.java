package org.wsnotify.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.wsnotify.Background;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.retention.RetentionStore.Swept;

/**
 * Measures what retention does to the size of a store, and to those who store meanwhile. Not a test: it prints (see
 * CONTRIBUTING.md).
 */
public abstract class RetentionMeasurement {

    private static final int MANY = Integer.getInteger("notification.test.stored", 1_000_000);
    private static final int A_DAY = Integer.getInteger("notification.test.a-day", 1_000);
    private static final int RECIPIENTS = 100;
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final int MOST_SPELLS = 12;
    private static final Duration SPELL = Duration.ofSeconds(5);
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Duration KEPT = Duration.ofDays(90);

    /** The stores that are measured. */
    public record Stores(NotificationStore notifications, RetentionStore retention) {}

    /** Returns empty stores, with the indexes of production. */
    protected abstract Stores emptyStores();

    /** Gives unused space back. */
    protected abstract void compact();

    /** Returns how much the store occupies, in words. */
    protected abstract String size();

    @Test
    void manyThatExpireWhileOthersAreStored() {
        Stores stores = emptyStores();
        for (int stored = 0; stored < MANY; stored += 10 * RECIPIENTS) {
            store(stores, 10 * RECIPIENTS, NOW.plusMillis(stored), Optional.of(NOW));
        }
        System.out.printf("%d stored: %s%n", MANY, size());
        alternately(stores, "expire", 1, () -> stores.retention().expire(NOW.plusSeconds(1), 50));
        alternately(
                stores,
                "are removed",
                50,
                () -> stores.retention()
                        .removeDeleted(Types.ALL, NOW.plusSeconds(2), Optional.empty(), 10)
                        .swept());
        System.out.println("removed: " + size());
        Latencies during = new Latencies();
        during.whileRunning(stores, this::compact);
        System.out.println("stored meanwhile, during the compaction: " + during);
        System.out.println("compacted: " + size());
    }

    @Test
    void yearOfNotifications() {
        Stores stores = emptyStores();
        Optional<String> walked = Optional.empty();
        for (int day = 0; day < 365; day++) {
            Instant date = NOW.plus(Duration.ofDays(day));
            for (int stored = 0; stored < A_DAY; stored += RECIPIENTS) {
                store(stores, RECIPIENTS, date.plusSeconds(stored), Optional.empty());
            }
            boolean more = true;
            while (more) {
                RetentionStore.Walked<String> step =
                        stores.retention().removeOld(Types.ALL, date.minus(KEPT), walked, 500);
                walked = step.last().isPresent() ? step.last() : walked;
                more = step.swept().more();
            }
            if (day % 30 == 29) {
                compact();
                System.out.printf("after %d days, %d a day: %s%n", day + 1, A_DAY, size());
            }
        }
    }

    private static void store(Stores stores, int count, Instant at, Optional<Instant> end) {
        NotificationIds ids = new NotificationIds(Clock.fixed(at, ZoneOffset.UTC));
        String first = ids.reserve(count);
        List<Notification> some = new ArrayList<>();
        Message message = Message.of(("x" + at).repeat(10));
        Message ending = end.map(message::expiringAt).orElse(message);
        for (int i = 0; i < count; i++) {
            some.add(Notification.unseen(NotificationIds.plus(first, i), "user" + i, ending, at));
        }
        stores.notifications().store(some);
    }

    /**
     * Does steps with pauses, as the sweeper does, in spells of seconds, with as long spells of rest in between: what
     * else changes, such as the size of the database, concerns both.
     */
    private static void alternately(Stores stores, String what, int pausePerStep, Supplier<Swept> step) {
        Latencies alone = new Latencies();
        Latencies meanwhile = new Latencies();
        AtomicBoolean more = new AtomicBoolean(true);
        long count = 0;
        for (int spell = 0; more.get() && spell < MOST_SPELLS; spell++) {
            alone.whileRunning(stores, () -> sleep(SPELL.toMillis()));
            AtomicLong swept = new AtomicLong();
            meanwhile.whileRunning(stores, () -> {
                long end = System.nanoTime() + SPELL.toNanos();
                while (more.get() && System.nanoTime() < end) {
                    long start = System.nanoTime();
                    Swept some = step.get();
                    long took = System.nanoTime() - start;
                    swept.addAndGet(some.count());
                    more.set(some.more());
                    sleep(Math.max(50, Math.min(1000, took * pausePerStep / 1_000_000)));
                }
            });
            count += swept.get();
        }
        while (more.get()) { // the rest, so that the size can be seen
            more.set(step.get().more());
        }
        System.out.printf("stored alone: %s%nwhile %d %s: %s%n", alone, count, what, meanwhile);
    }

    /** How long it takes to store single notifications, a hundred a second, each counted from when it was due. */
    private static final class Latencies {
        private final List<Long> nanos = new ArrayList<>();

        void whileRunning(Stores stores, Runnable work) {
            AtomicBoolean running = new AtomicBoolean(true);
            NotificationIds ids = new NotificationIds(Clock.systemUTC());
            CompletableFuture<Void> writer = Background.run(() -> {
                long due = System.nanoTime();
                while (running.get()) {
                    LockSupport.parkNanos(due - System.nanoTime());
                    stores.notifications()
                            .store(List.of(
                                    Notification.unseen(ids.reserve(1), "writer", Message.of("y"), Instant.now())));
                    nanos.add(System.nanoTime() - due);
                    due += INTERVAL.toNanos();
                }
            });
            work.run();
            running.set(false);
            writer.join();
        }

        private double at(double quantile) {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * quantile)) / 1e6;
        }

        @Override
        public String toString() {
            return "%d stored, p50 %.2f ms, p99 %.2f ms, worst %.0f ms"
                    .formatted(nanos.size(), at(0.5), at(0.99), at(1));
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
