package org.wsnotify.embedded;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * When the file is written anew: after something was erased, or when most of it is free, but at most once a minute, also
 * if that fails: a failure costs as much as a success.
 *
 * <p>The file is copied or replaced by one thread at a time. Regular work does not wait for another one, which may take
 * long: it comes again. Safe for use by many threads.
 */
final class Compaction {

    private static final System.Logger LOG = System.getLogger(Compaction.class.getName());

    /** More keeps the disk busy for too long. */
    private static final long MOST_LIVE_BYTES = 64L << 20;

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ReentrantLock copying = new ReentrantLock();
    private final AtomicBoolean requested = new AtomicBoolean();
    private final LongSupplier nanoTime;

    /** Guarded by {@link #copying}. */
    private OptionalLong triedAt = OptionalLong.empty();

    Compaction() {
        this(System::nanoTime);
    }

    Compaction(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Has the file written anew the next time, however much it holds. */
    void request() {
        requested.set(true);
    }

    /**
     * Replaces the file if that is requested or worth it. Does nothing if it is being copied, or this was just tried. A
     * replacement that was ended early is still owed.
     */
    void unlessCopying(Supplier<OpenedFile> file, Runnable replacement) {
        if (!copying.tryLock()) {
            return;
        }
        try {
            if (!isPausing()) {
                replaceIfNeeded(file, replacement);
            }
        } finally {
            copying.unlock();
        }
    }

    private boolean isPausing() {
        return triedAt.isPresent() && nanoTime.getAsLong() - triedAt.getAsLong() < PAUSE.toNanos();
    }

    private void replaceIfNeeded(Supplier<OpenedFile> file, Runnable replacement) {
        if (requested.get() || isWorthIt(file.get())) {
            boolean erased = requested.getAndSet(false); // before the replacement, which may miss later erasures
            try {
                replacement.run();
            } catch (CopyEndedException e) {
                requested.compareAndSet(false, erased);
                LOG.log(System.Logger.Level.DEBUG, "The file of the embedded store was not written anew", e);
            } catch (RuntimeException | Error e) {
                requested.compareAndSet(false, erased);
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The file of the embedded store was not written anew, and is tried again in {0} s: {1}",
                        PAUSE.toSeconds(),
                        e);
                throw e;
            } finally {
                triedAt = OptionalLong.of(nanoTime.getAsLong());
            }
        }
    }

    private static boolean isWorthIt(OpenedFile file) {
        return file.isSparse() && file.liveBytes() <= MOST_LIVE_BYTES;
    }

    /** Copies or replaces the file, after others have. */
    void alone(Runnable work) {
        copying.lock();
        try {
            work.run();
        } finally {
            copying.unlock();
        }
    }
}
