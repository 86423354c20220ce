package org.wsnotify.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Shares threads fairly. A party with many waiting tasks delays others by no more than a few of them.
 *
 * <p>Each task belongs to a party, such as a user or an address. The parties take turns, each with its oldest task.
 * Only a few tasks of one party run at the same time.
 *
 * <p>Safe for use by many threads. No method blocks, except {@link #awaitIdle}. A task that throws is logged. If no
 * thread can be started, a task waits, and runs on the thread of one that ends. When the threads are shut down, the
 * tasks that still wait are dropped, and the log says how many.
 */
public final class FairExecutor {

    private static final System.Logger LOG = System.getLogger(FairExecutor.class.getName());

    private final Executor threads;
    private final int maxRunning;
    private final int maxPerParty;
    private final int maxWaiting;
    private final Map<String, Party> parties = new HashMap<>();
    private final Deque<Party> turns = new ArrayDeque<>();
    private int running;
    private int waiting;

    /**
     * @param threads runs at least {@code maxRunning} tasks at the same time; rejects tasks only after it was shut down
     * @param maxPerParty how many tasks of one party run at the same time
     * @param maxWaiting how many tasks of all parties may wait; more are rejected
     */
    public FairExecutor(Executor threads, int maxRunning, int maxPerParty, int maxWaiting) {
        this.threads = threads;
        this.maxRunning = maxRunning;
        this.maxPerParty = maxPerParty;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Returns the executor of a party. It throws {@link RejectedExecutionException} if too many tasks wait, if the
     * threads are shut down, or if no thread can be started while none is busy; then the task will never run.
     */
    public Executor of(String party) {
        return task -> add(party, task);
    }

    /**
     * Waits until no task waits or runs.
     *
     * @return false if the patience ended first
     */
    public synchronized boolean awaitIdle(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (running + waiting > 0) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private synchronized void add(String name, Runnable task) {
        if (waiting >= maxWaiting) {
            throw new RejectedExecutionException("too many tasks wait");
        }
        waiting++;
        Party party = parties.computeIfAbsent(name, Party::new);
        party.tasks.add(task);
        takeTurn(party);
        try {
            startAll();
        } catch (RejectedExecutionException e) { // the server stops
            boolean isWaiting = takeBack(party, task);
            dropAll();
            if (isWaiting) {
                throw e;
            }
        } catch (RuntimeException | Error e) { // perhaps the system has no more threads
            if (running == 0) { // then no other task waits, and none that ends could run this one
                takeBack(party, task);
                dropAll();
                LOG.log(System.Logger.Level.WARNING, "a task was rejected, because no thread can be started: " + e);
                throw new RejectedExecutionException("no thread can be started", e);
            }
        }
    }

    /** Removes a task that was just added, unless it was started. Returns whether it waited. */
    private boolean takeBack(Party party, Runnable newest) {
        boolean isWaiting = party.tasks.removeLastOccurrence(newest);
        if (isWaiting) {
            waiting--;
        }
        return isWaiting;
    }

    /** Gives a party its next turn, if it has none and may run another task. */
    private void takeTurn(Party party) {
        if (!party.hasTurn && !party.tasks.isEmpty() && party.running < maxPerParty) {
            party.hasTurn = true;
            turns.add(party);
        }
    }

    /** Starts all tasks for which there are places. If it throws, they wait as before. */
    private void startAll() {
        while (running < maxRunning && !turns.isEmpty()) {
            Turn next = next();
            try {
                threads.execute(() -> run(next));
            } catch (RuntimeException | Error e) {
                putBack(next);
                throw e;
            }
            takeTurn(next.party());
        }
    }

    private Turn next() {
        Party party = turns.remove();
        party.hasTurn = false;
        waiting--;
        running++;
        party.running++;
        return new Turn(party, party.tasks.remove());
    }

    /** Makes the task of a turn the first of all again. */
    private void putBack(Turn turn) {
        Party party = turn.party();
        running--;
        party.running--;
        waiting++;
        party.tasks.addFirst(turn.task());
        party.hasTurn = true;
        turns.addFirst(party);
    }

    /** Runs a task, and after it others for which no thread could be started. */
    private void run(Turn first) {
        Turn turn = first;
        while (turn != null) {
            try {
                turn.task().run();
            } catch (RuntimeException | Error e) { // its place must be free again
                LOG.log(System.Logger.Level.ERROR, "a task failed", e);
            } finally {
                turn = ended(turn.party());
            }
        }
    }

    /** A task of a party has ended. Returns what the same thread must run now; null if nothing. */
    private synchronized Turn ended(Party party) {
        running--;
        party.running--;
        takeTurn(party);
        if (party.running == 0 && party.tasks.isEmpty()) {
            parties.remove(party.name);
        }
        try {
            startAll();
        } catch (RejectedExecutionException e) { // the server stops
            dropAll();
        } catch (RuntimeException | Error e) { // perhaps the system has no more threads
            Turn own = next();
            takeTurn(own.party());
            return own;
        }
        if (running + waiting == 0) {
            notifyAll();
        }
        return null;
    }

    /** Drops all that waits, because it will never run. */
    private void dropAll() {
        if (waiting > 0) {
            LOG.log(System.Logger.Level.WARNING, waiting + " waiting tasks were dropped, because the server stops");
        }
        parties.values().forEach(party -> {
            party.tasks.clear();
            party.hasTurn = false;
        });
        parties.values().removeIf(party -> party.running == 0);
        turns.clear();
        waiting = 0;
        notifyAll();
    }

    /** A task and its party. */
    private record Turn(Party party, Runnable task) {}

    private static final class Party {
        private final String name;
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private int running;
        private boolean hasTurn;

        Party(String name) {
            this.name = name;
        }
    }
}
