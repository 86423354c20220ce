package org.wsnotify.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Sends the frames of one client in order, one send under way at a time, within bounds.
 *
 * <p>Any thread may add, and none waits. The thread that finds the queue idle sends, and goes on with what others add
 * meanwhile: in a loop, because some containers complete a send within the call. The size of a frame and of the send
 * under way do not count against the bounds: a long answer must arrive, and so must what is pushed meanwhile. The first
 * frame that is refused ends the queue.
 */
public final class OutgoingQueue {

    /** The slowest reader that is tolerated, in characters a second. */
    public static final int CHARACTERS_A_SECOND = 32_768;

    private final FrameSink sink;
    private final Backlog backlog;
    private final Clock clock;
    private final Runnable onOverflow;
    private final Consumer<Throwable> onFailure;

    private final AtomicInteger work = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<Runnable> onSent = new AtomicReference<>();
    private final AtomicReference<Runnable> onIdle = new AtomicReference<>();
    private final ReadingTime reading = new ReadingTime(CHARACTERS_A_SECOND);
    private volatile Instant sendingSince;

    /**
     * @param onOverflow called once, if a frame is refused; must not block
     * @param onFailure called once, if a send fails; must not block
     */
    public OutgoingQueue(
            FrameSink sink, QueueLimits limits, Clock clock, Runnable onOverflow, Consumer<Throwable> onFailure) {
        this.sink = sink;
        this.backlog = new Backlog(limits);
        this.clock = clock;
        this.onOverflow = onOverflow;
        this.onFailure = onFailure;
    }

    /** Adds a frame. Does nothing once the queue has ended. */
    public void add(Frame frame) {
        if (ended.get()) {
            return;
        }
        if (backlog.add(frame)) {
            drain();
        } else if (end()) {
            onOverflow.run();
        }
    }

    /** Tells the queue that its sink has capacity again. */
    public void resume() {
        drain();
    }

    /**
     * Waits without a thread until nothing is left to be sent.
     *
     * @param idle called once, from any thread and perhaps within this call, when all was sent or the queue ended; must
     *     not block. Replaces one that still waits
     */
    public void whenIdle(Runnable idle) {
        onIdle.set(idle);
        drain();
    }

    /** Returns how many characters wait or are under way. */
    public long size() {
        return backlog.size();
    }

    /**
     * Takes nothing more and drops what waits.
     *
     * @return whether this call ended the queue
     */
    public boolean end() {
        boolean first = ended.compareAndSet(false, true);
        drain();
        return first;
    }

    /**
     * Takes nothing more and drops what waits.
     *
     * @param sent called once, when no send is under way any more, perhaps within this call; must not block
     */
    public void end(Runnable sent) {
        onSent.set(sent);
        end();
    }

    /**
     * Returns when the send under way began, or null if there is none. For a large send it is later, by the time that
     * {@value #CHARACTERS_A_SECOND} characters a second take. So one time limit tells a slow client from a long answer.
     */
    public Instant sendingSince() {
        return sendingSince;
    }

    /** The client gives a sign of life. */
    public void heard() {
        reading.heard(clock.instant());
    }

    /**
     * Returns how long the client may take to read what was sent since its last sign of life, at {@value
     * #CHARACTERS_A_SECOND} characters a second.
     */
    public Duration readingTime() {
        return reading.sinceHeard();
    }

    private void drain() {
        if (work.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            sendWaiting();
            if (ended.get()) {
                backlog.clear();
            }
            if (sendingSince == null && ended.get()) {
                runOnce(onSent);
            }
            if (ended.get() || (sendingSince == null && backlog.isEmpty())) {
                runOnce(onIdle);
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void sendWaiting() {
        while (sendingSince == null && !ended.get() && !backlog.isEmpty()) {
            int most = sink.capacity();
            if (most == 0) {
                return;
            }
            send(backlog.take(most));
        }
    }

    private void send(List<Frame> batch) {
        Instant now = clock.instant();
        sendingSince = now.plus(reading.of(backlog.underWay()));
        reading.sent(backlog.underWay(), now);
        try {
            sink.transmit(batch, this::finished);
        } catch (RuntimeException | Error e) { // an engine may throw an Error for a text that it cannot write
            finished(e);
        }
    }

    private void finished(Throwable failure) {
        backlog.sent();
        sendingSince = null;
        if (failure != null && end()) {
            onFailure.accept(failure);
        }
        drain();
    }

    private static void runOnce(AtomicReference<Runnable> callback) {
        Runnable callee = callback.getAndSet(null);
        if (callee != null) {
            callee.run();
        }
    }
}
