package org.wsnotify.body;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many bodies may be on their way at once, and for how long.
 *
 * <p>A body has to come within a time, which grows with what came of it; {@link #sweep} ends the others. Safe for use by many threads.
 */
public final class BodyIntake {

    /**
     * What is taken.
     *
     * @param bodies most that are on their way
     * @param perAddress most of them from one address
     * @param bytes most that they may have together; one that has more is alone
     * @param patience time for the first bytes and the last
     * @param bytesASecond so many more give a second more
     */
    public record Limits(int bodies, int perAddress, long bytes, Duration patience, int bytesASecond) {}

    private final Limits limits;
    private final Clock clock;
    private final Set<Place> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> perAddress = new HashMap<>();
    private int bodies;
    private long bytes;

    public BodyIntake(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** The place of one body, until it is closed. */
    public final class Place implements AutoCloseable {
        private final String address;
        private final int size;
        private final Instant began = clock.instant();
        private final AtomicInteger came = new AtomicInteger();
        private volatile Runnable late;

        private Place(String address, int size) {
            this.address = address;
            this.size = size;
        }

        /** Most bytes of the body. */
        int size() {
            return size;
        }

        /** Says what is to be done, on the thread of {@link BodyIntake#sweep}, when the body does not come in time. */
        void whenLate(Runnable task) {
            late = task;
        }

        void came(int count) {
            came.addAndGet(count);
        }

        private void endIfLate(Instant now) {
            Duration allowed = limits.patience().plusMillis(came.get() * 1000L / limits.bytesASecond());
            Runnable task = late;
            if (task != null && Duration.between(began, now).compareTo(allowed) > 0) {
                task.run();
            }
        }

        @Override
        public void close() {
            if (open.remove(this)) {
                left(this);
            }
        }
    }

    /**
     * Takes a place for a body.
     *
     * @param address whose share it takes
     * @param size what the body may grow to, in bytes
     * @return empty: too many are on their way
     */
    public Optional<Place> enter(String address, int size) {
        synchronized (this) {
            boolean full = bodies >= limits.bodies()
                    || perAddress.getOrDefault(address, 0) >= limits.perAddress()
                    || (bodies > 0 && bytes + size > limits.bytes());
            if (full) {
                return Optional.empty();
            }
            bodies++;
            bytes += size;
            perAddress.merge(address, 1, Integer::sum);
        }
        Place place = new Place(address, size);
        open.add(place);
        return Optional.of(place);
    }

    private synchronized void left(Place place) {
        bodies--;
        bytes -= place.size;
        perAddress.compute(place.address, (address, count) -> count == 1 ? null : count - 1);
    }

    /** Ends what took too long; to be called every second. */
    public void sweep() {
        Instant now = clock.instant();
        open.forEach(place -> place.endIfLate(now));
    }
}
