package org.wsnotify.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the tasks of one session one after another on a shared executor, so that a client's requests are answered in order without holding
 * a thread while it has none.
 *
 * <p>Safe for use by many threads. A task that throws does not stop the next.
 */
public final class SerialExecutor {

    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Executor shared;
    private final int most;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    /** @param most how many tasks may wait */
    public SerialExecutor(Executor shared, int most) {
        this.shared = shared;
        this.most = most;
    }

    /**
     * Queues a task.
     *
     * @return false when too many wait already, or nothing can run any more: then it will not run
     */
    public synchronized boolean offer(Runnable task) {
        if (tasks.size() >= most) {
            return false;
        }
        tasks.add(task);
        if (!running) {
            running = true;
            return runNext();
        }
        return true;
    }

    private synchronized boolean runNext() {
        Runnable task = tasks.poll();
        if (task == null) {
            running = false;
            return true;
        }
        try {
            shared.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            running = false;
            tasks.clear();
            return false;
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a client's request failed", e);
        } finally {
            runNext();
        }
    }
}
