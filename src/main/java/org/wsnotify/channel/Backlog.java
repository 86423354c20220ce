package org.wsnotify.channel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The frames that wait for one client, bounded and counted in the shared budget.
 *
 * <p>Most of the time there is at most one, so there is room for one, and more is made when it is needed. Not safe for
 * use by several threads: its {@link OutgoingQueue} locks.
 */
final class Backlog {

    private final QueueLimits limits;
    private Frame oldest;
    /** Those behind the oldest; null if there are none. */
    private Queue<Frame> others;

    private int frames;
    private long characters;
    private long underWay;

    Backlog(QueueLimits limits) {
        this.limits = limits;
    }

    /**
     * Adds a frame while what waits already is within the bounds, whatever its own size. While the shared budget is
     * spent, adds it only if nothing waits.
     *
     * @return false if it was refused; then nothing has changed
     */
    boolean add(Frame frame) {
        if (frames >= limits.frames()
                || characters > limits.characters()
                || (frames > 0 && limits.budget().isSpent())) {
            return false;
        }
        if (oldest == null) {
            oldest = frame;
        } else {
            if (others == null) {
                others = new ArrayDeque<>();
            }
            others.add(frame);
        }
        frames++;
        characters += frame.size();
        limits.budget().add(frame.size());
        return true;
    }

    boolean isEmpty() {
        return oldest == null;
    }

    /**
     * Takes the oldest frames, which are under way from now on. They stay in the budget until {@link #sent}. Something
     * waits, and nothing is under way.
     */
    List<Frame> take(int most) {
        if (most == 1 || others == null) {
            return List.of(poll());
        }
        List<Frame> taken = new ArrayList<>();
        while (oldest != null && taken.size() < most) {
            taken.add(poll());
        }
        return taken;
    }

    /** Takes the oldest frame. The room for more is given back with the last of them. */
    private Frame poll() {
        Frame polled = oldest;
        oldest = others == null ? null : others.poll();
        if (oldest == null) {
            others = null;
        }
        frames--;
        characters -= polled.size();
        underWay += polled.size();
        return polled;
    }

    /** Returns the characters under way. */
    long underWay() {
        return underWay;
    }

    /** Counts what is under way no longer. */
    void sent() {
        limits.budget().remove(underWay);
        underWay = 0;
    }

    /** Drops all frames, and counts the send under way no longer: a container may never report its end. */
    void clear() {
        limits.budget().remove(characters);
        oldest = null;
        others = null;
        frames = 0;
        characters = 0;
        sent();
    }

    /** Returns the characters that wait or are under way. */
    long size() {
        return characters + underWay;
    }
}
