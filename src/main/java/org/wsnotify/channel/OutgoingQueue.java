package org.wsnotify.channel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends the frames of one client in order, one send under way at a time, within bounds.
 *
 * <p>Any thread may add, and none waits. The thread that finds the queue idle sends, and goes on with what others add
 * meanwhile: in a loop, because some containers complete a send within the call. The size of a frame and of the send
 * under way do not count against the bounds: a long answer must arrive, and so must what is pushed meanwhile. The first
 * frame that is refused ends the queue.
 *
 * <p>One lock guards all of it. The sink and the callbacks are called without it.
 */
public final class OutgoingQueue {

    private static final Logger LOG = System.getLogger(OutgoingQueue.class.getName());

    /** The slowest reader that is tolerated, in characters a second. */
    public static final int CHARACTERS_A_SECOND = 32_768;

    private final FrameSink sink;
    private final Backlog backlog;
    private final Clock clock;
    private final Runnable onOverflow;
    private final Consumer<Throwable> onFailure;
    private final ReadingTime reading = new ReadingTime(CHARACTERS_A_SECOND);
    /** Whether a thread is in {@link #drain}. It takes up every change that was made under the lock. */
    private boolean draining;
    /** Whether anybody else wanted to drain since the draining thread last looked: it asks for the capacity once more. */
    private boolean again;

    private boolean sending;
    /** In milliseconds since 1970. */
    private long sendingSince;

    private boolean ended;
    private Runnable onSent;
    private Runnable onIdle;

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
        boolean refused;
        synchronized (this) {
            if (ended) {
                return;
            }
            refused = !backlog.add(frame);
            if (refused) {
                dropAll();
            }
        }
        drain();
        if (refused) {
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
        synchronized (this) {
            onIdle = idle;
        }
        drain();
    }

    /** Returns how many characters wait or are under way. */
    public synchronized long size() {
        return backlog.size();
    }

    /** Takes nothing more and drops what waits. */
    public void end() {
        synchronized (this) {
            dropAll();
        }
        drain();
    }

    /**
     * Takes nothing more and drops what waits.
     *
     * @param sent called once, when no send is under way any more, perhaps within this call; must not block
     */
    public void end(Runnable sent) {
        synchronized (this) {
            onSent = sent;
        }
        end();
    }

    /**
     * Returns when the send under way began, or null if there is none. For a large send it is later, by the time that
     * {@value #CHARACTERS_A_SECOND} characters a second take. So one time limit tells a slow client from a long answer.
     */
    public synchronized Instant sendingSince() {
        return sending ? Instant.ofEpochMilli(sendingSince) : null;
    }

    /** The client gives a sign of life. */
    public void heard() {
        long now = clock.millis();
        synchronized (this) {
            reading.heard(now);
        }
    }

    /**
     * Returns how long the client may take to read what was sent since its last sign of life, at {@value
     * #CHARACTERS_A_SECOND} characters a second.
     */
    public synchronized Duration readingTime() {
        return Duration.ofMillis(reading.sinceHeard());
    }

    private void dropAll() {
        ended = true;
        backlog.clear();
    }

    /** Sends what waits, and calls who waits for that, unless another thread does so: then that one goes on. */
    private void drain() {
        if (!claim()) {
            return;
        }
        for (Runnable step = next(sink.capacity()); step != null; step = next(sink.capacity())) {
            try {
                step.run();
            } catch (RuntimeException | Error e) { // what waits must be sent all the same
                LOG.log(Level.ERROR, "A callback of a queue failed", e);
            }
        }
    }

    private synchronized boolean claim() {
        again = draining;
        draining = true;
        return !again;
    }

    /** Returns what the draining thread is to do, and to ask for the capacity again after it; null if it is done. */
    private synchronized Runnable next(int capacity) {
        Runnable next = null;
        if (capacity > 0 && !sending && !backlog.isEmpty()) {
            List<Frame> batch = take(capacity);
            next = () -> transmit(batch);
        } else if (ended && !sending && onSent != null) {
            next = onSent;
            onSent = null;
        } else if (onIdle != null && (ended || (!sending && backlog.isEmpty()))) {
            next = onIdle;
            onIdle = null;
        } else if (again) {
            next = () -> {};
        }
        again = false;
        draining = next != null;
        return next;
    }

    private List<Frame> take(int most) {
        List<Frame> batch = backlog.take(most);
        long now = clock.millis();
        sending = true;
        sendingSince = now + reading.of(backlog.underWay());
        reading.sent(backlog.underWay(), now);
        return batch;
    }

    private void transmit(List<Frame> batch) {
        try {
            sink.transmit(batch, this::finished);
        } catch (RuntimeException | Error e) { // an engine may throw an Error for a text that it cannot write
            finished(e);
        }
    }

    private void finished(Throwable failure) {
        boolean fails;
        synchronized (this) {
            backlog.sent();
            sending = false;
            fails = failure != null && !ended;
            if (fails) {
                dropAll();
            }
        }
        drain();
        if (fails) {
            onFailure.accept(failure);
        }
    }
}
