package org.wsnotify.conversation;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs the tasks of one session one after another on shared executors. A session without tasks holds no thread, and a
 * task may go on elsewhere: it ends when it says so.
 *
 * <p>Safe for use by many threads. A task that throws has ended and does not stop the next. If an executor rejects a
 * task, because too much waits or the server stops, the task runs on the thread on which the task before it ended.
 */
public final class SerialExecutor {

    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final int maxWaiting;
    private final Queue<Task> tasks = new ArrayDeque<>();
    private boolean running;

    /** A task that may go on after its call. */
    @FunctionalInterface
    public interface Work {
        /**
         * Begins the work.
         *
         * @param ended is to be called when the next task may begin, now or later, from any thread; further calls do
         *     nothing
         */
        void begin(Runnable ended);
    }

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
        return offer(new Task(executor, null, endingWith(work)));
    }

    /** Queues a task that may go on after its call, like {@link #offer(Executor, Runnable)}. */
    public boolean offer(Executor executor, Work work) {
        return offer(new Task(executor, null, work));
    }

    /**
     * Queues a task that waits for a condition when its turn has come, without holding a thread.
     *
     * @param ready is given a callback that starts the task; calls it once, now or later, from any thread
     * @return false if too many tasks wait, or the executor has stopped; then the task will never run
     */
    public boolean offer(Executor executor, Consumer<Runnable> ready, Runnable work) {
        return offer(new Task(executor, ready, endingWith(work)));
    }

    private static Work endingWith(Runnable work) {
        return ended -> {
            work.run();
            ended.run();
        };
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
        Turn turn = new Turn(task);
        try {
            if (turn.endsIn(turn::start)) {
                startNext();
            }
            return true;
        } catch (RejectedExecutionException e) {
            startNext(); // what was accepted meanwhile
            return false;
        }
    }

    /** Starts tasks until one goes on elsewhere. A call for each would overflow the stack if many end at once. */
    private void startNext() {
        Task next = next();
        while (next != null && endsAtOnce(new Turn(next))) {
            next = next();
        }
    }

    private static boolean endsAtOnce(Turn turn) {
        try {
            return turn.endsIn(turn::start);
        } catch (RejectedExecutionException e) {
            return turn.endsIn(turn::begin);
        }
    }

    private synchronized Task next() {
        Task next = tasks.poll();
        running = next != null;
        return next;
    }

    private record Task(Executor executor, Consumer<Runnable> ready, Work work) {}

    /** The turn of one task. The next turn begins on the thread that ends this one. */
    private final class Turn {

        private final Task task;
        private final Thread starter = Thread.currentThread();
        private final AtomicBoolean over = new AtomicBoolean();

        /** Whether the starter is in a step, after which it starts the next task itself. Only it uses this. */
        private boolean starting;

        private boolean endedAtOnce;

        Turn(Task task) {
            this.task = task;
        }

        /** Carries out a step of the starter. Returns whether the turn has ended in it, on the same thread. */
        boolean endsIn(Runnable step) {
            starting = true;
            try {
                step.run();
                return endedAtOnce;
            } finally {
                starting = false;
            }
        }

        void start() {
            if (task.ready() == null) {
                execute();
            } else {
                task.ready().accept(this::startReady);
            }
        }

        /** Any thread may call this, so a task that is rejected here does not run at all. The next task starts. */
        private void startReady() {
            try {
                execute();
            } catch (RejectedExecutionException e) {
                end();
            }
        }

        private void execute() {
            task.executor().execute(this::begin);
        }

        void begin() {
            try {
                task.work().begin(this::end);
            } catch (RuntimeException | Error e) { // the next task must start, even after an OutOfMemoryError
                LOG.log(System.Logger.Level.ERROR, "a client's request failed", e);
                end();
            }
        }

        private void end() {
            if (over.getAndSet(true)) {
                return;
            }
            if (Thread.currentThread() == starter && starting) {
                endedAtOnce = true;
            } else {
                startNext();
            }
        }
    }
}
