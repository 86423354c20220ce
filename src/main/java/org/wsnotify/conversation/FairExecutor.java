package org.wsnotify.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Shares threads fairly. A party with many waiting tasks delays others by no more than a few of them.
 *
 * <p>Each task belongs to a party, such as a user or an address. The parties take turns, each with its oldest task.
 * Only a few tasks of one party run at the same time.
 *
 * <p>Safe for use by many threads. No method blocks, except {@link #awaitIdle}.
 */
public final class FairExecutor {

    private final Executor threads;
    private final int maxRunning;
    private final int maxPerParty;
    private final int maxWaiting;
    private final Map<String, Party> parties = new HashMap<>();
    private final Queue<Party> turns = new ArrayDeque<>();
    private int running;
    private int waiting;

    /**
     * @param threads runs at least {@code maxRunning} tasks at the same time
     * @param maxPerParty how many tasks of one party run at the same time
     * @param maxWaiting how many tasks of all parties may wait; more are rejected
     */
    public FairExecutor(Executor threads, int maxRunning, int maxPerParty, int maxWaiting) {
        this.threads = threads;
        this.maxRunning = maxRunning;
        this.maxPerParty = maxPerParty;
        this.maxWaiting = maxWaiting;
    }

    /** Returns the executor of a party. It throws {@link RejectedExecutionException} if too many tasks wait. */
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
        startNext();
    }

    /** Gives a party its next turn, if it has none and may run another task. */
    private void takeTurn(Party party) {
        if (!party.hasTurn && !party.tasks.isEmpty() && party.running < maxPerParty) {
            party.hasTurn = true;
            turns.add(party);
        }
    }

    private void startNext() {
        while (running < maxRunning && !turns.isEmpty()) {
            Party party = turns.remove();
            party.hasTurn = false;
            Runnable task = party.tasks.remove();
            waiting--;
            running++;
            party.running++;
            takeTurn(party);
            start(party, task);
        }
    }

    private void start(Party party, Runnable task) {
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    finished(party);
                }
            });
        } catch (RejectedExecutionException e) { // the server stops
            ended(party);
        } catch (RuntimeException | Error e) { // perhaps the system has no more threads
            ended(party);
            throw e;
        }
    }

    private synchronized void finished(Party party) {
        ended(party);
        takeTurn(party);
        startNext();
    }

    private void ended(Party party) {
        running--;
        party.running--;
        if (party.running == 0 && party.tasks.isEmpty()) {
            parties.remove(party.name);
        }
        if (running + waiting == 0) {
            notifyAll();
        }
    }

    private static final class Party {
        private final String name;
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private int running;
        private boolean hasTurn;

        Party(String name) {
            this.name = name;
        }
    }
}
