package org.wsnotify.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Shares threads fairly: whoever has many tasks waiting delays others by no more than a few of them.
 *
 * <p>Tasks belong to a party, such as a user or an address. The parties take turns, each with its oldest task; of one
 * party only a few tasks run at the same time.
 *
 * <p>Safe for use by many threads; nobody waits, except in {@link #awaitIdle}.
 */
public final class FairExecutor {

    /**
     * How the threads are shared.
     *
     * @param running most tasks at the same time
     * @param ofOneParty most of them for one party
     * @param waiting most tasks that wait; more are rejected
     */
    public record Shares(int running, int ofOneParty, int waiting) {}

    private final Executor threads;
    private final Shares shares;
    private final Map<String, Party> parties = new HashMap<>();
    private final Queue<Party> turns = new ArrayDeque<>();
    private int running;
    private int waiting;

    /** @param threads runs as many tasks at the same time as the shares say */
    public FairExecutor(Executor threads, Shares shares) {
        this.threads = threads;
        this.shares = shares;
    }

    /** Runs the tasks of one party. It throws {@link RejectedExecutionException} when too many tasks wait. */
    public Executor of(String party) {
        return task -> add(party, task);
    }

    /**
     * Waits until no task waits or runs.
     *
     * @return whether that came in time
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
        if (waiting >= shares.waiting()) {
            throw new RejectedExecutionException("too many tasks wait");
        }
        waiting++;
        Party party = parties.computeIfAbsent(name, Party::new);
        party.tasks.add(task);
        takeTurn(party);
        startNext();
    }

    /** Gives a party its next turn, when it has none and may run something. */
    private void takeTurn(Party party) {
        if (!party.hasTurn && !party.tasks.isEmpty() && party.running < shares.ofOneParty()) {
            party.hasTurn = true;
            turns.add(party);
        }
    }

    private void startNext() {
        while (running < shares.running() && !turns.isEmpty()) {
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
