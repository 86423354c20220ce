package org.wsnotify.sockjs.servlet;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task that never runs twice at once. If requested while it runs, it runs again afterwards. Safe for use by
 * many threads.
 */
final class RepeatableTask {

    private final Executor executor;
    private final Runnable task;
    private final AtomicInteger asked = new AtomicInteger();

    RepeatableTask(Executor executor, Runnable task) {
        this.executor = executor;
        this.task = task;
    }

    /**
     * Requests a run, which happens on the executor.
     *
     * @throws RejectedExecutionException the task does not run now and will never run again
     */
    void run() {
        if (asked.getAndIncrement() == 0) {
            executor.execute(this::runAsAsked);
        }
    }

    private void runAsAsked() {
        int seen;
        do {
            seen = asked.get();
            task.run();
        } while (asked.addAndGet(-seen) != 0);
    }
}
