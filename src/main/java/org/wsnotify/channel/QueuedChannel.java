package org.wsnotify.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A channel that sends through an {@link OutgoingQueue}: what all transports have in common.
 *
 * <p>A transport extends it, {@linkplain #open opens} it once, sends frames, and reports what it hears from the client.
 */
public abstract class QueuedChannel implements Channel, FrameSink {

    private final String remoteAddress;
    private final Clock clock;
    private final OutgoingQueue queue;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Instant lastHeard;
    private volatile Listener listener;

    @SuppressWarnings("this-escape") // the queue calls the channel when it is opened, not before
    protected QueuedChannel(String remoteAddress, QueueLimits limits, Clock clock) {
        this.remoteAddress = remoteAddress;
        this.clock = clock;
        this.lastHeard = clock.instant();
        this.queue = new OutgoingQueue(this, limits, clock, this::overflowed, failure -> sendFailed());
    }

    /** Begins an application on the channel, which may close it at once. */
    protected final void open(Application application) {
        listener = application.opened(this);
        if (closed.get()) {
            listener.closed();
        }
    }

    /** Reports a sign of life of the client. */
    public final void heard() {
        lastHeard = clock.instant();
        queue.heard();
    }

    /** Returns what the application listens with; for use once the channel is open. */
    protected final Listener listener() {
        return listener;
    }

    /** Returns the frames that are still to be sent. */
    protected final OutgoingQueue queue() {
        return queue;
    }

    /** Reports that the connection has ended without a {@link #close}. */
    public final void gone() {
        if (closed.compareAndSet(false, true)) {
            queue.end();
            tellClosed();
        }
    }

    @Override
    public final void close(int code, String reason) {
        if (closed.compareAndSet(false, true)) {
            disconnect(code, reason);
            tellClosed();
        }
    }

    /** An application that is still being opened is told by {@link #open}. */
    private void tellClosed() {
        Listener told = listener;
        if (told != null) {
            told.closed();
        }
    }

    /** Ends the queue and the connection, and tells the client why if possible. Called at most once; must not block. */
    protected abstract void disconnect(int code, String reason);

    /** Reports that the client is too slow; the channel closes. */
    protected abstract void tooSlow();

    /** Reports that a send failed: the queue has ended. Must not block. */
    protected abstract void sendFailed();

    private void overflowed() {
        tooSlow();
        close(CloseStatus.OVERLOADED);
    }

    @Override
    public final Instant lastHeard() {
        return lastHeard;
    }

    @Override
    public final Duration readingTime() {
        return queue.readingTime();
    }

    @Override
    public final Instant sendingSince() {
        return queue.sendingSince();
    }

    @Override
    public final void whenSent(Runnable sent) {
        queue.whenIdle(sent);
    }

    @Override
    public final long unsent() {
        return queue.size();
    }

    @Override
    public final String remoteAddress() {
        return remoteAddress;
    }
}
