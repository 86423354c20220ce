package org.wsnotify.config;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.wsnotify.conversation.FairExecutor;

/**
 * The threads of this application: its own bounded pools, made of the server's managed threads (docs/decisions/0001).
 *
 * <p>Lives as long as the application.
 */
@ApplicationScoped
public class Threads {

    private static final System.Logger LOG = System.getLogger(Threads.class.getName());
    private static final int REQUESTS = 32;
    private static final int PUBLICATIONS = 32;
    private static final int LOGINS = 16;

    /**
     * On a server where a write blocks, so many clients can stop reading before other clients wait. Idle threads end
     * after half a minute.
     */
    private static final int WRITERS = 128;

    private static final int PINGS = 32;
    private static final int CLOSES = 32;
    private static final int WAITING = 100_000;
    private static final int TIMERS = 2;
    private static final int STORE_TIMERS = 4;

    /** What is scheduled, what expires, what is removed, and the compaction: each may take minutes. */
    private static final int HOUSEKEEPING = 4;

    /** The lease of this server, who is online here, what others are told, and who is present: none delays another. */
    private static final int NODE_TASKS = 4;

    @Resource
    private ManagedThreadFactory factory;

    private FairExecutor fairRequests;
    private FairExecutor fairLogins;
    private ThreadPoolExecutor requests;
    private ThreadPoolExecutor publications;
    private ThreadPoolExecutor logins;
    private ThreadPoolExecutor checks;
    private ThreadPoolExecutor writers;
    private ThreadPoolExecutor pings;
    private ThreadPoolExecutor closes;
    private ScheduledThreadPoolExecutor timers;
    private ScheduledThreadPoolExecutor storeTimers;
    private ScheduledThreadPoolExecutor housekeeping;
    private ScheduledThreadPoolExecutor nodeTasks;

    @PostConstruct
    void start() {
        requests = pool(REQUESTS);
        publications = pool(PUBLICATIONS);
        fairRequests = new FairExecutor(requests, REQUESTS, REQUESTS / 8, WAITING);
        logins = pool(LOGINS);
        fairLogins = new FairExecutor(logins, LOGINS, LOGINS / 8, WAITING);
        checks = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
        writers = pool(WRITERS);
        pings = pool(PINGS);
        closes = pool(CLOSES);
        timers = timers(TIMERS);
        storeTimers = timers(STORE_TIMERS);
        housekeeping = timers(HOUSEKEEPING);
        nodeTasks = timers(NODE_TASKS);
    }

    private ScheduledThreadPoolExecutor timers(int threads) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(threads, factory);
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    private ThreadPoolExecutor pool(int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Returns the threads that answer clients; they may block on the store. */
    FairExecutor requests() {
        return fairRequests;
    }

    /** Returns the threads that store publications; they may block on the store. */
    Executor publications() {
        return publications;
    }

    /**
     * Returns the threads that check logins, as many as the limits of logins allow. A database that hangs holds them.
     */
    Executor checks() {
        return checks;
    }

    /** Returns the threads that answer logins; they wait for the check of a password. */
    FairExecutor logins() {
        return fairLogins;
    }

    /**
     * Returns the threads that write to SockJS clients over HTTP. On Open Liberty a write blocks while the client does
     * not read.
     */
    Executor writers() {
        return writers;
    }

    /** Returns the threads that ping clients. On Open Liberty a ping blocks while the client does not read. */
    Executor pings() {
        return pings;
    }

    /**
     * Returns the threads that close connections. On Open Liberty that takes seconds if the client does not read.
     */
    Executor closes() {
        return closes;
    }

    /** Returns the timers of tasks that never block. */
    ScheduledThreadPoolExecutor timers() {
        return timers;
    }

    /** Runs a task that never blocks once, after a delay. Does nothing when the server stops. */
    void later(Duration delay, Runnable task) {
        later(timers, delay, task);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task handles its own failures
    private static void later(ScheduledThreadPoolExecutor timers, Duration delay, Runnable task) {
        try {
            timers.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the server stops
        }
    }

    /** Returns the timers of tasks that may block on the store, apart from those of the heartbeat. */
    ScheduledThreadPoolExecutor storeTimers() {
        return storeTimers;
    }

    /** Returns the timers of tasks that change many notifications, step by step, and may take minutes. */
    ScheduledThreadPoolExecutor housekeeping() {
        return housekeeping;
    }

    /** Waits, for example between two steps of such a task. An interrupt ends it early. */
    static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Whether such tasks may go on with another step. */
    boolean mayKeepHouse() {
        return !housekeeping.isShutdown();
    }

    /** Returns the threads of what this server and others know of each other. They may block on the store. */
    ScheduledThreadPoolExecutor nodeTasks() {
        return nodeTasks;
    }

    /** Runs a task on these threads once, after a delay. Does nothing when the server stops. */
    void nodeTaskLater(Duration delay, Runnable task) {
        later(nodeTasks, delay, task);
    }

    /** Returns a new thread, which the caller starts and ends. */
    Thread thread(Runnable work) {
        return factory.newThread(work);
    }

    /** Runs a task on a new thread; on this one if the system has no more threads. */
    void elsewhere(Runnable task) {
        try {
            thread(task).start();
        } catch (RuntimeException | Error e) {
            task.run();
        }
    }

    /** Ends the tasks of this server and others, the last that need the store. */
    void stopNodeTasks(Duration patience) {
        nodeTasks.shutdown();
        await(nodeTasks, patience.toNanos());
    }

    /** Runs a task that may block on the store once, after a delay. Does nothing when the server stops. */
    void storeTaskLater(Duration delay, Runnable task) {
        later(storeTimers, delay, task);
    }

    /** Finishes the requests that clients have made, takes no more, and waits for tasks under way. */
    void stop(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        awaitRequests(patience);
        timers.shutdown();
        storeTimers.shutdown();
        housekeeping.shutdown();
        requests.shutdown();
        publications.shutdown();
        writers.shutdown();
        logins.shutdownNow();
        checks.shutdownNow();
        pings.shutdownNow();
        closes.shutdown();
        for (ThreadPoolExecutor pool : List.of(publications, requests, closes, housekeeping)) {
            await(pool, end - System.nanoTime());
        }
    }

    private void awaitRequests(Duration patience) {
        try {
            if (!fairRequests.awaitIdle(patience)) {
                LOG.log(System.Logger.Level.WARNING, "stopped before all requests were answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(ThreadPoolExecutor pool, long nanos) {
        try {
            if (!pool.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
