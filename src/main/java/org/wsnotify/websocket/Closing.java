package org.wsnotify.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a WebSocket: the last frame, and the close behind it.
 *
 * <p>Happens once, on an executor for what can block. Safe for use by many threads.
 */
final class Closing {

    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    /** How long the send under way may take before the close does not wait for it. */
    private static final long PATIENCE_MILLIS = 1000;

    private final Session session;
    private final CloseReason reason;
    private final Optional<String> lastFrame;
    private final Executor executor;
    private final AtomicBoolean begun = new AtomicBoolean();

    Closing(Session session, CloseReason reason, Optional<String> lastFrame, Executor executor) {
        this.session = session;
        this.reason = reason;
        this.lastFrame = lastFrame;
        this.executor = executor;
    }

    /** Nothing is under way: the last frame is beside no other. */
    void now() {
        begin(executor, this::sendAndClose);
    }

    /** A send is under way, which may never end: closes after a while without the last frame. */
    void soonAtLeast() {
        begin(CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS, executor), this::close);
    }

    private void begin(Executor where, Runnable how) {
        Runnable once = () -> {
            if (begun.compareAndSet(false, true)) {
                how.run();
            }
        };
        try {
            where.execute(once);
        } catch (RejectedExecutionException e) {
            once.run();
        }
    }

    private void sendAndClose() {
        try {
            if (lastFrame.isPresent()) {
                session.getAsyncRemote().sendText(lastFrame.get(), result -> close());
            } else {
                close();
            }
        } catch (RuntimeException e) {
            close();
        }
    }

    private void close() {
        try {
            session.close(reason);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a session was gone before it was closed: {0}", e.toString());
        }
    }
}
