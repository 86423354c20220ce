package org.wsnotify.channel;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What one session has still to send: in order, one send under way at a time, bounded.
 *
 * <p>Any thread may add; none of them waits. Whoever finds the queue idle sends, and goes on sending what others add
 * meanwhile (a loop, not recursion: some containers complete a send within the call). A frame is taken while what waits
 * already is within the bounds, whatever its own size and that of the frame under way: a long answer, and what is
 * pushed while it is sent, must arrive. While the budget of all queues is spent, a frame is taken only when nothing
 * waits. One that is not taken ends the queue, which says so once.
 */
public final class OutgoingQueue {

    /** Where the frames go. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Sends frames without blocking.
         *
         * @param frames one or more, no more than {@link #takes} said
         * @param done called once, from any thread, with null or what went wrong
         */
        void send(List<Frame> frames, Consumer<Throwable> done);

        /** How many frames can go together now; 0 for none before {@link OutgoingQueue#resume}. */
        default int takes() {
            return 1;
        }
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
     * @param budget what all queues share
     */
    public record Bounds(int frames, long characters, OutgoingBudget budget) {}

    /** What a client must be able to take in a second, or it is slow. */
    public static final int CHARACTERS_A_SECOND = 32_768;

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
    private final AtomicReference<Runnable> onSent = new AtomicReference<>();
    private final AtomicReference<Runnable> onIdle = new AtomicReference<>();
    private final AtomicLong sending = new AtomicLong();
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
        bounds.budget().add(frame.size());
        waiting.add(frame);
        drain();
    }

    /** The sink takes frames again. */
    public void resume() {
        drain();
    }

    /**
     * Waits without a thread until nothing is left to be sent.
     *
     * @param idle called once, at once or when all was sent or the queue has ended, from any thread; must not block. At
     *     most one waits
     */
    public void whenIdle(Runnable idle) {
        onIdle.set(idle);
        drain();
    }

    /** How much text waits or is under way. */
    public long size() {
        return characters.get() + sending.get();
    }

    /**
     * Takes nothing more and forgets what waits.
     *
     * @return whether this call ended it
     */
    public boolean end() {
        boolean first = ended.compareAndSet(false, true);
        drain();
        return first;
    }

    /**
     * The same.
     *
     * @param sent called once when nothing is under way any more, perhaps within this call; must not block
     */
    public void end(Runnable sent) {
        onSent.set(sent);
        end();
    }

    /**
     * When the send under way began, for a large one later by the time that {@value #CHARACTERS_A_SECOND} characters a
     * second take; null when there is none. So one limit for all sends tells a slow client from a long answer.
     */
    public Instant sendingSince() {
        return sendingSince;
    }

    private boolean fits(Frame frame) {
        int before = frames.getAndIncrement();
        long text = characters.getAndAdd(frame.size());
        return before < bounds.frames()
                && text <= bounds.characters()
                && (before == 0 || !bounds.budget().isSpent());
    }

    private void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            while (sendingSince == null && !ended.get()) {
                List<Frame> next = next();
                if (next.isEmpty()) {
                    break;
                }
                start(next);
            }
            if (ended.get()) {
                forget();
            }
            if (sendingSince == null && ended.get()) {
                run(onSent);
            }
            if (ended.get() || (sendingSince == null && waiting.isEmpty())) {
                run(onIdle);
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private static void run(AtomicReference<Runnable> once) {
        Runnable told = once.getAndSet(null);
        if (told != null) {
            told.run();
        }
    }

    private void forget() {
        for (Frame frame = waiting.poll(); frame != null; frame = waiting.poll()) {
            characters.addAndGet(-frame.size());
            bounds.budget().remove(frame.size());
        }
        release(); // a container may never say that the last send ended
    }

    private void release() {
        bounds.budget().remove(sending.getAndSet(0));
    }

    private List<Frame> next() {
        int most = waiting.isEmpty() ? 0 : sink.takes();
        List<Frame> next = new ArrayList<>();
        while (next.size() < most) {
            Frame frame = waiting.poll();
            if (frame == null) {
                break;
            }
            next.add(frame);
        }
        return next;
    }

    private void start(List<Frame> batch) {
        long size = batch.stream().mapToLong(Frame::size).sum();
        sending.set(size);
        sendingSince = clock.instant().plusMillis(size * 1000 / CHARACTERS_A_SECOND);
        frames.addAndGet(-batch.size());
        characters.addAndGet(-size);
        try {
            sink.send(batch, this::finished);
        } catch (RuntimeException | Error e) { // an engine may throw an Error for a text that it cannot write
            finished(e);
        }
    }

    private void finished(Throwable failure) {
        release();
        sendingSince = null;
        if (failure != null && end()) {
            onFailure.accept(failure);
        }
        drain();
    }
}
