package org.wsnotify.presence;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * The time of the store, which all servers on it share. Leases, ids and whatever else another server reads use it.
 *
 * <p>The first look compares it with the store, and may block for that. It is this server's own time as long as the
 * store does not answer. After that it runs on this server's
 * monotonic clock, so a wall clock that is set changes nothing. A comparison is off by half its round trip at most;
 * the most exact one of late is used. Safe for use by many threads.
 */
public final class StoreClock extends Clock {

    /** How much the monotonic clocks of two machines may drift apart: 200 microseconds a second. */
    private static final long DRIFT_DIVISOR = 5_000;

    private static final Logger LOG = System.getLogger(StoreClock.class.getName());
    private static final long BETWEEN_ATTEMPTS = 1_000_000_000;

    private final Clock own;
    private final LongSupplier nanoTime;
    private final Supplier<Instant> store;
    private volatile Sample sample;
    private long triedAt;

    /** The store's time at a moment of the monotonic clock, and how far it may be off. */
    private record Sample(Instant time, long nanos, long errorNanos) {
        Instant at(long now) {
            return time.plusNanos(now - nanos);
        }

        long errorAt(long now) {
            return errorNanos + (now - nanos) / DRIFT_DIVISOR;
        }
    }

    /**
     * @param own this server's clock
     * @param store asks the store for its time, and may block
     */
    public StoreClock(Clock own, Supplier<Instant> store) {
        this(own, store, System::nanoTime);
    }

    StoreClock(Clock own, Supplier<Instant> store, LongSupplier nanoTime) {
        this.own = Objects.requireNonNull(own, "own");
        this.store = Objects.requireNonNull(store, "store");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.triedAt = nanoTime.getAsLong() - BETWEEN_ATTEMPTS;
    }

    /**
     * Compares this clock with the store's.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    public void compare() {
        long start = nanoTime.getAsLong();
        Instant time = store.get();
        long end = nanoTime.getAsLong();
        long half = (end - start) / 2;
        take(new Sample(time, start + half, half + 1_000_000), end); // the store tells whole milliseconds
    }

    private synchronized void take(Sample next, long now) {
        Sample last = sample;
        if (last == null || next.errorNanos() <= last.errorAt(now) || contradict(last, next)) {
            sample = next;
        }
    }

    /** Whether the store's clock was set, or another member of the store answers now. */
    private static boolean contradict(Sample last, Sample next) {
        long apart = Duration.between(last.at(next.nanos()), next.time()).abs().toNanos();
        return apart > last.errorAt(next.nanos()) + next.errorNanos();
    }

    @Override
    public Instant instant() {
        if (sample == null) {
            compareFirst();
        }
        Sample last = sample;
        return last == null ? own.instant() : last.at(nanoTime.getAsLong());
    }

    /** Something needs the store's time already. While the store is down, nothing can be stored with a wrong one. */
    private synchronized void compareFirst() {
        if (sample == null && nanoTime.getAsLong() - triedAt >= BETWEEN_ATTEMPTS) {
            triedAt = nanoTime.getAsLong();
            try {
                compare();
            } catch (StoreUnavailableException e) {
                LOG.log(Level.DEBUG, "the time of the store is not known yet: {0}", e.getMessage());
            }
        }
    }

    /** Returns the store's time at a time of this server's own clock. */
    public Instant fromOwn(Instant time) {
        return sample == null ? time : instant().minus(Duration.between(time, own.instant()));
    }

    /** Returns the time of this server's own clock at a time of the store. */
    public Instant toOwn(Instant time) {
        return sample == null ? time : own.instant().minus(Duration.between(time, instant()));
    }

    @Override
    public ZoneId getZone() {
        return own.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(getZone()) ? this : Clock.system(zone);
    }
}
