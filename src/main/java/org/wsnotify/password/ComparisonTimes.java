package org.wsnotify.password;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Measures how long comparisons take, and pads the faster ones.
 *
 * <p>Uses the shortest time of each kind of hash: longer ones were disturbed. Remembers a limited number of kinds,
 * because each hash of a table may have its own number of rounds. Safe for use by many threads.
 */
class ComparisonTimes {
    private static final int MAX_KINDS = 64;
    private static final byte[] SALT = "salt".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;
    private static final int MIN_ITERATIONS = 1000;

    private final Map<String, Comparison> byKind = new LinkedHashMap<>(16, 0.75f, true);
    private final IteratedWork work;
    private final LongSupplier nanoTime;
    private double nanosOfAnIteration = Double.MAX_VALUE;

    private record Comparison(String example, long nanos) {}

    /** Work whose time is proportional to the iterations. */
    @FunctionalInterface
    interface IteratedWork {
        void run(int iterations, String given);
    }

    ComparisonTimes() {
        this((iterations, given) -> Pbkdf2.derive("SHA256", given, SALT, iterations, KEY_BYTES), System::nanoTime);
    }

    ComparisonTimes(IteratedWork work, LongSupplier nanoTime) {
        this.work = work;
        this.nanoTime = nanoTime;
    }

    /** @param example a valid hash of this kind */
    synchronized void add(String kind, String example, long nanos) {
        byKind.merge(kind, new Comparison(example, nanos), (old, now) -> old.nanos <= now.nanos ? old : now);
        if (byKind.size() > MAX_KINDS) {
            byKind.remove(byKind.keySet().iterator().next());
        }
    }

    /** Returns a hash of the slowest kind; null before the first comparison. */
    synchronized String slowestExample() {
        Comparison most = longest();
        return most == null ? null : most.example;
    }

    /** Spends, on the calling thread, the time by which this kind is faster than the slowest. */
    void padToSlowest(String kind, String given) {
        long missing = missing(kind);
        if (missing > 0) {
            spend(missing, given);
        }
    }

    private synchronized long missing(String kind) {
        Comparison most = longest();
        Comparison own = byKind.get(kind);
        return most == null || own == null ? 0 : most.nanos - own.nanos;
    }

    private Comparison longest() {
        Comparison most = null;
        for (Comparison one : byKind.values()) {
            if (most == null || one.nanos > most.nanos) {
                most = one;
            }
        }
        return most;
    }

    /** Works instead of sleeping: under load, work takes longer, as a comparison does, and sleep does not. */
    private void spend(long nanos, String given) {
        long left = nanos - timed(MIN_ITERATIONS, given);
        if (left > 0) {
            timed((int) Math.min(Integer.MAX_VALUE, Math.max(1, left / nanosOfAnIteration())), given);
        }
    }

    private long timed(int iterations, String given) {
        long start = nanoTime.getAsLong();
        work.run(iterations, given);
        long took = nanoTime.getAsLong() - start;
        synchronized (this) {
            nanosOfAnIteration = Math.min(nanosOfAnIteration, (double) took / iterations);
        }
        return took;
    }

    private synchronized double nanosOfAnIteration() {
        return nanosOfAnIteration;
    }
}
