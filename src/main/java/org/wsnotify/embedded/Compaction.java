package org.wsnotify.embedded;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * When the file is written anew: after something was erased, or when most of it is free.
 *
 * <p>The file is copied or replaced by one thread at a time. All other calls wait while it is replaced: if that waited for
 * a long copy, they would wait for the copy as well. Safe for use by many threads.
 */
final class Compaction {

    /** More takes too long to copy while others wait. */
    private static final long MOST_LIVE_BYTES = 64L << 20;

    private final ReentrantLock copying = new ReentrantLock();
    private final AtomicBoolean requested = new AtomicBoolean();

    /** Has the file written anew the next time, however much it holds. */
    void request() {
        requested.set(true);
    }

    /** Replaces the file if that is requested or worth it. Does nothing if it is being copied. */
    void unlessCopying(Supplier<OpenedFile> file, Runnable replacement) {
        if (!copying.tryLock()) {
            return;
        }
        try {
            OpenedFile now = file.get();
            if (requested.getAndSet(false)) {
                requested(replacement);
            } else if (now.isSparse() && now.liveBytes() <= MOST_LIVE_BYTES) {
                replacement.run();
            }
        } finally {
            copying.unlock();
        }
    }

    private void requested(Runnable replacement) {
        try {
            replacement.run();
        } catch (RuntimeException | Error e) {
            requested.set(true);
            throw e;
        }
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
