package org.wsnotify.inbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Runs calls one at a time, in the order in which they were added.
 *
 * <p>Whoever finds nobody at it runs the calls, on its own thread; all others return at once. So calls are added while
 * a lock is held that decides their order, and run after it is released. Safe for use by many threads. A call that
 * throws does not stop the next.
 */
final class OrderedCalls {
    private static final Logger LOG = System.getLogger(OrderedCalls.class.getName());

    private final Queue<Runnable> waiting = new ArrayDeque<>(1);
    private boolean running;

    /** Adds a call. It is run by the next {@link #run}, here or on another thread. */
    synchronized void add(Runnable call) {
        waiting.add(call);
    }

    /** Runs what waits, unless another thread does so: then that one runs it all. */
    void run() {
        for (Runnable call = first(); call != null; call = next()) {
            run(call);
        }
    }

    /** Returns the first call that this thread is to run; null if none waits, or if another thread runs them. */
    private synchronized Runnable first() {
        return running ? null : next();
    }

    private synchronized Runnable next() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }

    private static void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) { // the next must come, also after one that took too much memory
            LOG.log(Level.ERROR, "A device could not be told: {0}", e.toString());
        }
    }
}
