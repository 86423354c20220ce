package org.wsnotify.password;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long comparisons take, and how to spend as long on one that would take less.
 *
 * <p>Of each kind of hash the shortest time counts that it ever took: others were disturbed. A fixed number of kinds is
 * remembered, so that a table in which each hash has its own number of rounds does no harm. Safe for use by many
 * threads.
 */
class ComparisonTimes {
    private static final int MOST_KINDS = 64;
    private static final byte[] SALT = "salt".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;
    private static final int FEWEST_ITERATIONS = 1000;

    private final Map<String, Comparison> byKind = new LinkedHashMap<>(16, 0.75f, true);
    private final IteratedWork work;
    private final LongSupplier nanoTime;
    private double nanosOfAnIteration = Double.MAX_VALUE;

    private record Comparison(String example, long nanos) {}

    /** Work that takes as long as it has iterations. */
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

    /** @param example a hash of this kind, known to be comparable */
    synchronized void took(String kind, String example, long nanos) {
        byKind.merge(kind, new Comparison(example, nanos), (old, now) -> old.nanos <= now.nanos ? old : now);
        if (byKind.size() > MOST_KINDS) {
            byKind.remove(byKind.keySet().iterator().next());
        }
    }

    /** A hash of the kind that takes longest; null before any was compared. */
    synchronized String costliest() {
        Comparison most = longest();
        return most == null ? null : most.example;
    }

    /** Spends, on the calling thread, what a comparison of this kind takes less than one of the costliest. */
    void makeUpFor(String kind, String given) {
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

    /** Work and not sleep: a server under load would take longer for the one and not for the other. */
    private void spend(long nanos, String given) {
        long left = nanos - timed(FEWEST_ITERATIONS, given);
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
