package org.wsnotify.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;

/**
 * Measures what a user's requests take with few and with many notifications stored. Not a test: it prints medians (see
 * CONTRIBUTING.md).
 */
public abstract class StoreSizeMeasurement {

    private static final int FEW = 1_000;
    private static final int MANY = Integer.getInteger("notification.test.stored", 1_000_000);
    private static final int AT_ONCE = 1_000;
    private static final int PAGE = 20;
    private static final TextBudget PAGE_BUDGET = TextBudget.ofNotifications(PAGE);
    private static final int CAP = 1_000;
    private static final int CALLS = 300;

    /** Returns an empty store, with the indexes of production. */
    protected abstract NotificationStore emptyStore();

    @Test
    void requestsTakeAsLongWithAMillionStored() {
        NotificationStore store = emptyStore();
        List<String> few = fill(store, "few", FEW);
        List<String> many = fill(store, "many", MANY);
        System.out.printf("%-34s %12s %12s%n", "microseconds, median", FEW, MANY);
        for (int turn = 0; turn < 2; turn++) {
            compare("first page", () -> store.page("few", 0, PAGE), () -> store.page("many", 0, PAGE));
            compare(
                    "page after the 500th",
                    () -> store.newest("few", Optional.of(few.get(FEW - 500)), PAGE_BUDGET),
                    () -> store.newest("many", Optional.of(many.get(MANY - 500)), PAGE_BUDGET));
            compare(
                    "page after the last but 500",
                    () -> store.newest("few", Optional.of(few.get(500)), PAGE_BUDGET),
                    () -> store.newest("many", Optional.of(many.get(500)), PAGE_BUDGET));
            compare(
                    "unseen of a join",
                    () -> store.unseen("few", 30, 100_000),
                    () -> store.unseen("many", 30, 100_000));
            compare("counts", () -> store.readUnseen("few", CAP), () -> store.readUnseen("many", CAP));
        }
    }

    private static List<String> fill(NotificationStore store, String user, int count) {
        List<String> ids = new ArrayList<>();
        for (int stored = 0; stored < count; stored += AT_ONCE) {
            List<Notification> some = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String id = String.format("%024x", (user.equals("few") ? 1L << 40 : 1L << 41) + stored + i);
                ids.add(id);
                some.add(Notification.unseen(id, user, Message.of("x".repeat(100)), Instant.EPOCH));
            }
            store.store(some);
        }
        return ids;
    }

    private static void compare(String what, Runnable few, Runnable many) {
        double[] times = new double[CALLS];
        double[] others = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            times[i] = micros(few);
            others[i] = micros(many);
        }
        System.out.printf("%-34s %12.0f %12.0f%n", what, median(times), median(others));
    }

    private static double micros(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return (System.nanoTime() - start) / 1000.0;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
