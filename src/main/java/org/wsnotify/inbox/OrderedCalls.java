package org.wsnotify.inbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs calls one at a time, in the order in which they were added.
 *
 * <p>Whoever finds nobody at it runs the calls, on its own thread; all others return at once. So calls are added while
 * a lock is held that decides their order, and run after it is released. Safe for use by many threads. A call that
 * throws does not stop the next.
 */
final class OrderedCalls {
    private static final Logger LOG = System.getLogger(OrderedCalls.class.getName());

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    /** Adds a call. It is run by the next {@link #run}, here or on another thread. */
    void add(Runnable call) {
        waiting.add(call);
    }

    /** Runs what waits, unless another thread does so: then that one runs it all. */
    void run() {
        if (asked.getAndIncrement() != 0) {
            return;
        }
        int answered = 1;
        do {
            for (Runnable call = waiting.poll(); call != null; call = waiting.poll()) {
                run(call);
            }
            answered = asked.addAndGet(-answered);
        } while (answered != 0);
    }

    private static void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) { // the next must come, also after one that took too much memory
            LOG.log(Level.ERROR, "A device could not be told: {0}", e.toString());
        }
    }
}
