package org.wsnotify.websocket;

import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.wsnotify.meter.Meters;
import org.wsnotify.session.ClientSession;
import org.wsnotify.session.CloseReason;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.OutgoingQueue;
import org.wsnotify.session.OutgoingQueue.Frame;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.wire.EnvelopeCodec;

/**
 * A client connected by WebSocket.
 *
 * <p>Everything goes through one {@link OutgoingQueue}: overlapping sends are lost on Open Liberty. Safe for use by many threads.
 */
final class WebSocketClientSession implements ClientSession {

    private static final System.Logger LOG = System.getLogger(WebSocketClientSession.class.getName());

    /** What all sessions share. */
    record Shared(
            SessionRegistry registry, OutgoingQueue.Bounds bounds, Clock clock, Executor executor, Meters meters) {}

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final String remoteAddress;
    private final Shared shared;
    private final OutgoingQueue queue;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Instant lastHeard;

    WebSocketClientSession(Session session, String remoteAddress, Shared shared) {
        this.session = session;
        this.remote = session.getAsyncRemote();
        this.remoteAddress = remoteAddress;
        this.shared = shared;
        this.lastHeard = shared.clock().instant();
        this.queue = new OutgoingQueue(
                this::transmit, shared.bounds(), shared.clock(), this::overflowed, failure -> close(CloseReason.LOST));
    }

    @Override
    public void send(Envelope envelope) {
        enqueue(new Frame.Text(EnvelopeCodec.encode(envelope)));
    }

    @Override
    public void probe() {
        enqueue(new Frame.Ping());
    }

    /**
     * Payara's WebSocket engine schedules an idle task on each send through an executor that searches the context class loader for
     * services; with the platform's loader it finds nothing to search, which makes a send three times cheaper. Open Liberty does not care.
     */
    private void enqueue(Frame frame) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            queue.add(frame);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void transmit(Frame frame, Consumer<Throwable> done) {
        if (frame instanceof Frame.Text text) {
            remote.sendText(text.text(), result -> done.accept(result.isOK() ? null : failure(result.getException())));
        } else {
            try {
                remote.sendPing(ByteBuffer.allocate(0));
                done.accept(null);
            } catch (IOException e) {
                done.accept(e);
            }
        }
    }

    private static Throwable failure(Throwable thrown) {
        return thrown == null ? new IOException("the frame was not sent") : thrown;
    }

    /** The client gave a sign of life. */
    void heard() {
        lastHeard = shared.clock().instant();
    }

    @Override
    public Instant lastHeard() {
        return lastHeard;
    }

    @Override
    public Instant sendingSince() {
        return queue.sendingSince();
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    private void overflowed() {
        LOG.log(System.Logger.Level.INFO, "closed a session that cannot keep up");
        shared.meters().slowSessionClosed();
        close(CloseReason.OVERLOADED);
    }

    @Override
    public void close(CloseReason reason) {
        if (!gone()) {
            return;
        }
        try {
            shared.executor().execute(() -> closeNow(reason)); // can take seconds on Open Liberty
        } catch (RejectedExecutionException e) {
            closeNow(reason);
        }
    }

    private void closeNow(CloseReason reason) {
        try {
            session.close(new jakarta.websocket.CloseReason(CloseCodes.getCloseCode(reason.code()), reason.text()));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a session was gone before it was closed: {0}", e.toString());
        }
    }

    /**
     * Leaves the registry and sends nothing more.
     *
     * @return whether this was the first call
     */
    boolean gone() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        shared.registry().closed(this, shared.clock().instant());
        queue.end();
        return true;
    }
}
