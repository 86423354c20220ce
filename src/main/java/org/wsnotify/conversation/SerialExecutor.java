package org.wsnotify.conversation;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs the tasks of one session one after another on shared executors. A session without tasks holds no thread.
 *
 * <p>Safe for use by many threads. A task that throws does not stop the next. If an executor rejects a task because the
 * server stops, the task runs on the thread of the task before it.
 */
public final class SerialExecutor {

    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final int maxWaiting;
    private final Queue<Task> tasks = new ArrayDeque<>();
    private boolean running;

    /** @param maxWaiting how many tasks may wait */
    public SerialExecutor(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    /**
     * Queues a task.
     *
     * @param executor runs the task when its turn has come
     * @return false if too many tasks wait, or the executor has stopped; then the task will never run
     */
    public boolean offer(Executor executor, Runnable work) {
        return offer(new Task(executor, null, work));
    }

    /**
     * Queues a task that waits for a condition when its turn has come, without holding a thread.
     *
     * @param ready is given a callback that starts the task; calls it once, now or later, from any thread
     * @return false if too many tasks wait, or the executor has stopped; then the task will never run
     */
    public boolean offer(Executor executor, Consumer<Runnable> ready, Runnable work) {
        return offer(new Task(executor, ready, work));
    }

    private boolean offer(Task task) {
        synchronized (this) {
            if (running && tasks.size() >= maxWaiting) {
                return false;
            }
            if (running) {
                return tasks.add(task);
            }
            running = true;
        }
        try {
            start(task);
            return true;
        } catch (RejectedExecutionException e) {
            stop();
            return false;
        }
    }

    private void start(Task task) {
        if (task.ready() == null) {
            execute(task);
        } else {
            task.ready().accept(() -> startReady(task));
        }
    }

    /** Any thread may call this, so a task that is rejected here does not run at all. The next task starts. */
    private void startReady(Task task) {
        try {
            execute(task);
        } catch (RejectedExecutionException e) {
            startNext();
        }
    }

    private void execute(Task task) {
        task.executor().execute(() -> {
            run(task.work());
            startNext();
        });
    }

    private void startNext() {
        for (Task next = next(); next != null; next = next()) {
            try {
                start(next);
                return;
            } catch (RejectedExecutionException e) {
                run(next.work());
            }
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) { // the next task must start, even after an OutOfMemoryError
            LOG.log(System.Logger.Level.ERROR, "a client's request failed", e);
        }
    }

    private synchronized Task next() {
        Task next = tasks.poll();
        running = next != null;
        return next;
    }

    private synchronized void stop() {
        running = false;
        tasks.clear();
    }

    private record Task(Executor executor, Consumer<Runnable> ready, Runnable work) {}
}
