package org.wsnotify.session;

import java.time.Clock;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What one session has still to send: in order, one frame under way at a time, bounded.
 *
 * <p>Any thread may add; none of them waits. Whoever finds the queue idle sends, and goes on sending what others add meanwhile (a loop,
 * not recursion: some containers complete a send within the call). A frame is taken while what waits already is within the bounds, whatever its own
 * size and that of the frame under way: a long answer, and what is pushed while it is sent, must arrive. One that is not taken ends the queue, which says so once.
 */
public final class OutgoingQueue {

    /** Sends a frame without blocking and calls back once, from any thread, with null or what went wrong. */
    @FunctionalInterface
    public interface Sink {
        void send(Frame frame, Consumer<Throwable> done);
    }

    /** What a transport sends. */
    public sealed interface Frame {
        /** How much of the bound it uses. */
        int size();

        /** A text frame. */
        record Text(String text) implements Frame {
            @Override
            public int size() {
                return text.length();
            }
        }

        /** A sign of life that asks for one. */
        record Ping() implements Frame {
            @Override
            public int size() {
                return 0;
            }
        }
    }

    /**
     * The bounds of a queue.
     *
     * @param frames how many frames may wait
     * @param characters how much text may wait
     */
    public record Bounds(int frames, long characters) {}

    private final Sink sink;
    private final Bounds bounds;
    private final Clock clock;
    private final Runnable onOverflow;
    private final Consumer<Throwable> onFailure;

    private final Queue<Frame> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Instant sendingSince;

    /**
     * @param onOverflow called once, when a frame does not fit; must not block
     * @param onFailure called once, when a send failed; must not block
     */
    public OutgoingQueue(Sink sink, Bounds bounds, Clock clock, Runnable onOverflow, Consumer<Throwable> onFailure) {
        this.sink = sink;
        this.bounds = bounds;
        this.clock = clock;
        this.onOverflow = onOverflow;
        this.onFailure = onFailure;
    }

    /** Adds a frame, unless the queue has ended. */
    public void add(Frame frame) {
        if (ended.get()) {
            return;
        }
        if (!fits(frame)) {
            if (end()) {
                onOverflow.run();
            }
            return;
        }
        waiting.add(frame);
        drain();
    }

    /**
     * Takes nothing more and forgets what waits.
     *
     * @return whether this call ended it
     */
    public boolean end() {
        boolean first = ended.compareAndSet(false, true);
        waiting.clear();
        return first;
    }

    /** When the send under way began; null when there is none. */
    public Instant sendingSince() {
        return sendingSince;
    }

    private boolean fits(Frame frame) {
        int before = frames.getAndIncrement();
        long text = characters.getAndAdd(frame.size());
        return before < bounds.frames() && text <= bounds.characters();
    }

    private void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            while (sendingSince == null && !ended.get()) {
                Frame next = waiting.poll();
                if (next == null) {
                    break;
                }
                start(next);
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void start(Frame frame) {
        sendingSince = clock.instant();
        frames.decrementAndGet();
        characters.addAndGet(-frame.size());
        try {
            sink.send(frame, this::finished);
        } catch (RuntimeException e) {
            finished(e);
        }
    }

    private void finished(Throwable failure) {
        sendingSince = null;
        if (failure == null) {
            drain();
        } else if (end()) {
            onFailure.accept(failure);
        }
    }
}
