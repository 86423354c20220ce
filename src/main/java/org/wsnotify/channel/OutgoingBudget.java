package org.wsnotify.channel;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory for what is still to be sent to all clients together: the text in their queues, and large answers
 * under construction.
 *
 * <p>It keeps clients that do not read from filling the heap. The budget only counts. While it is spent, each {@link
 * OutgoingQueue} refuses more for clients that are behind. The heartbeat closes the clients with the longest queues.
 *
 * <p>Safe for use by many threads.
 */
public final class OutgoingBudget {

    /** How long an answer waits for its turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final long characters;
    private final Semaphore answers;
    private final AtomicLong waiting = new AtomicLong();

    /**
     * @param characters how much text may wait for all clients together
     * @param answers how many large answers may be built at the same time
     */
    public OutgoingBudget(long characters, int answers) {
        this.characters = characters;
        this.answers = new Semaphore(answers, true);
    }

    /** Returns whether more text waits than the budget allows. */
    public boolean isSpent() {
        return waiting.get() > characters;
    }

    /**
     * Builds a large answer. Waits for its turn, which may take seconds.
     *
     * @return false if there is no memory for it; then nothing was built
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

    /** Counts characters that begin to wait. */
    public void add(long size) {
        waiting.addAndGet(size);
    }

    /** Counts characters no longer, because they were sent or their client is gone. */
    public void remove(long size) {
        waiting.addAndGet(-size);
    }
}
