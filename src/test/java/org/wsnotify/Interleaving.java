package org.wsnotify;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;

/**
 * Runs tasks on threads of their own, one at a time, and changes between them at random wherever a task calls {@link
 * #pause}: a random number decides the whole history, so that one that fails can be run again.
 *
 * <p>A task must not hold a lock that another one needs while it pauses.
 */
public final class Interleaving {

    private final Random random;
    private final ExecutorService threads;
    private final List<Task> ready = new ArrayList<>();
    private final Semaphore back = new Semaphore(0);
    private Task current;
    private Throwable failure;

    /** @param threads as many as tasks are under way at the same time; the caller ends them */
    public Interleaving(Random random, ExecutorService threads) {
        this.random = random;
        this.threads = threads;
    }

    /** Adds a task: before {@link #run}, or from a task. */
    public void add(Runnable work) {
        ready.add(new Task(work));
    }

    /** Lets other tasks go on, perhaps. Does nothing outside of tasks. */
    public void pause() {
        Task task = current;
        if (task != null) {
            ready.add(task);
            current = null;
            back.release();
            task.turn.acquireUninterruptibly();
        }
    }

    /** Runs all tasks, also those that they add, until none is left. */
    public void run() {
        while (!ready.isEmpty()) {
            current = ready.remove(random.nextInt(ready.size()));
            current.goOn();
            back.acquireUninterruptibly();
        }
        if (failure != null) {
            throw new AssertionError("a task failed", failure);
        }
    }

    private final class Task {
        private final Runnable work;
        private final Semaphore turn = new Semaphore(0);
        private boolean started;

        Task(Runnable work) {
            this.work = work;
        }

        void goOn() {
            if (started) {
                turn.release();
            } else {
                started = true;
                threads.execute(this::run);
            }
        }

        private void run() {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                current = null;
                back.release();
            }
        }
    }
}
