package org.wsnotify.conversation;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs the tasks of one session one after another on shared executors, so that a client's requests are answered in
 * order without holding a thread while it has none.
 *
 * <p>Safe for use by many threads. A task that throws does not stop the next. What was taken is run: when an executor
 * takes nothing more, because the server stops, the rest runs on the thread of the task before it.
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
    public boolean offer(Executor executor, Runnable work) {
        return offer(new Task(executor, null, work));
    }

    /**
     * Queues a task that waits for something when its turn has come, without holding a thread.
     *
     * @param ready is given what starts the task, and calls it once, at once or later, from any thread
     */
    public boolean offer(Executor executor, Consumer<Runnable> ready, Runnable work) {
        return offer(new Task(executor, ready, work));
    }

    private boolean offer(Task task) {
        synchronized (this) {
            if (running && tasks.size() >= most) {
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

    /** Called from anywhere: a task that nothing runs any more is left out, and the next one comes. */
    private void startReady(Task task) {
        try {
            execute(task);
        } catch (RejectedExecutionException e) {
            goOn();
        }
    }

    private void execute(Task task) {
        task.executor().execute(() -> {
            run(task.work());
            goOn();
        });
    }

    private void goOn() {
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
        } catch (RuntimeException
                | Error e) { // the next task must come, also after a request that took too much memory
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
