package org.wsnotify.channel;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory for what all clients together have still to be sent: the text in their queues, and the large answers that
 * are being made.
 *
 * <p>It keeps clients that do not read from filling the heap. What is on its way is only counted here; each {@link
 * OutgoingQueue} refuses more for a client that is behind while the budget is spent, and the heartbeat of the sessions
 * closes the clients with the longest queues.
 *
 * <p>Safe for use by many threads.
 */
public final class OutgoingBudget {

    /** Longest wait for the memory to make an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final long characters;
    private final Semaphore answers;
    private final AtomicLong waiting = new AtomicLong();

    /**
     * @param characters how much text may wait for all clients together
     * @param answers how many large answers may be made at the same time
     */
    public OutgoingBudget(long characters, int answers) {
        this.characters = characters;
        this.answers = new Semaphore(answers, true);
    }

    /** Whether more text waits than there should. */
    public boolean isSpent() {
        return waiting.get() > characters;
    }

    /**
     * Makes a large answer; waits for its turn, which may take seconds.
     *
     * @return false when there is no memory for it: nothing was made
     */
    public boolean build(Runnable answer) {
        try {
            if (isSpent() || !answers.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) { // the server stops
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            answer.run();
            return true;
        } finally {
            answers.release();
        }
    }

    /** Counts characters that wait for a client from now on. */
    public void add(long size) {
        waiting.addAndGet(size);
    }

    /** Counts characters no more: they were sent, or their client is gone. */
    public void remove(long size) {
        waiting.addAndGet(-size);
    }
}
