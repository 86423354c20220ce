package org.wsnotify.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the tasks of one session one after another on shared executors, so that a client's requests are answered in order without holding
 * a thread while it has none.
 *
 * <p>Safe for use by many threads. A task that throws does not stop the next.
 */
public final class SerialExecutor {

    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final int most;
    private final Queue<Task> tasks = new ArrayDeque<>();
    private boolean running;

    /** @param most how many tasks may wait */
    public SerialExecutor(int most) {
        this.most = most;
    }

    /**
     * Queues a task.
     *
     * @param executor runs it when its turn has come
     * @return false when too many wait already, or nothing can run any more: then it will not run
     */
    public synchronized boolean offer(Executor executor, Runnable task) {
        if (tasks.size() >= most) {
            return false;
        }
        tasks.add(new Task(executor, task));
        if (!running) {
            running = true;
            return runNext();
        }
        return true;
    }

    private synchronized boolean runNext() {
        Task task = tasks.poll();
        if (task == null) {
            running = false;
            return true;
        }
        try {
            task.executor().execute(() -> run(task.work()));
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

    private record Task(Executor executor, Runnable work) {}
}
