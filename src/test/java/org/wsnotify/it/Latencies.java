package org.wsnotify.it;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Times, and their quantiles. Safe for use by many threads. */
final class Latencies {

    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

    void add(long nanoseconds) {
        nanos.add(nanoseconds);
    }

    /** Returns a quantile in milliseconds; 0 if there are no times. */
    double millis(double quantile) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * quantile)) / 1e6;
    }

    @Override
    public String toString() {
        return "p50 %.1f ms, p99 %.1f ms, worst %.0f ms".formatted(millis(0.5), millis(0.99), millis(1));
    }
}
