package org.wsnotify.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The frames that wait for one client, bounded and counted in the shared budget.
 *
 * <p>Any thread may add; one at a time takes or clears.
 */
final class Backlog {

    private final QueueLimits limits;
    private final Queue<Frame> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();

    Backlog(QueueLimits limits) {
        this.limits = limits;
    }

    /**
     * Adds a frame while what waits already is within the bounds, whatever its own size. While the shared budget is
     * spent, adds it only if nothing waits.
     *
     * @return false if it was refused: then the backlog must take nothing more
     */
    boolean add(Frame frame) {
        int before = frames.getAndIncrement();
        long text = characters.getAndAdd(frame.size());
        if (before >= limits.frames()
                || text > limits.characters()
                || (before > 0 && limits.budget().isSpent())) {
            return false;
        }
        limits.budget().add(frame.size());
        waiting.add(frame);
        return true;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes the oldest frames, which are under way from now on. They stay in the budget until {@link #sent}. */
    List<Frame> take(int most) {
        List<Frame> taken = new ArrayList<>();
        long size = 0;
        while (taken.size() < most) {
            Frame frame = waiting.poll();
            if (frame == null) {
                break;
            }
            taken.add(frame);
            size += frame.size();
        }
        underWay.set(size);
        frames.addAndGet(-taken.size());
        characters.addAndGet(-size);
        return taken;
    }

    /** Returns the characters under way. */
    long underWay() {
        return underWay.get();
    }

    /** Counts what is under way no longer. */
    void sent() {
        limits.budget().remove(underWay.getAndSet(0));
    }

    /** Drops all frames, and counts the send under way no longer: a container may never report its end. */
    void clear() {
        for (Frame frame = waiting.poll(); frame != null; frame = waiting.poll()) {
            characters.addAndGet(-frame.size());
            limits.budget().remove(frame.size());
        }
        sent();
    }

    /** Returns the characters that wait or are under way. */
    long size() {
        return characters.get() + underWay.get();
    }
}
