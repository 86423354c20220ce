package org.wsnotify.inbox;

import java.util.concurrent.atomic.AtomicLong;

/** How many ids all connected users together may remember, so that they do not fill the heap. Safe for many threads. */
final class IdBudget {

    /** About what an id in a {@link RecentIds} takes, with the room for more behind it. */
    private static final long BYTES_OF_AN_ID = 24;

    private static final long SHARE_OF_HEAP = 64;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    IdBudget(long most) {
        this.most = most;
    }

    /** Returns a budget of a sixty-fourth of the heap. */
    static IdBudget ofHeap() {
        return new IdBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES_OF_AN_ID);
    }

    void add(long ids) {
        taken.addAndGet(ids);
    }

    void remove(long ids) {
        taken.addAndGet(-ids);
    }

    boolean isSpent() {
        return taken.get() > most;
    }
}
