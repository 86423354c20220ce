package org.wsnotify.outbox;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose turns a test runs, on the test's thread. It never starts a thread. */
public final class HandTimer extends ScheduledThreadPoolExecutor {
    private final Map<Turn, Runnable> turns = new ConcurrentHashMap<>();

    public HandTimer() {
        super(1);
    }

    /** Runs everything once that was scheduled and not cancelled. */
    public void turn() {
        Map.copyOf(turns).values().forEach(Runnable::run);
    }

    /** How much is scheduled and not cancelled. */
    public int scheduled() {
        return turns.size();
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
        if (isShutdown()) {
            throw new RejectedExecutionException("stopped");
        }
        Turn turn = new Turn();
        turns.put(turn, command);
        return turn;
    }

    private final class Turn extends CompletableFuture<Void> implements ScheduledFuture<Void> {
        @Override
        public boolean cancel(boolean mayInterrupt) {
            turns.remove(this);
            return super.cancel(mayInterrupt);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
