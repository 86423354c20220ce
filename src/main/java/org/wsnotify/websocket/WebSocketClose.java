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
 * Closes a WebSocket: sends the last frame, then closes the session.
 *
 * <p>Does so once, on an executor for work that can block. Safe for use by many threads.
 */
final class WebSocketClose {

    private static final System.Logger LOG = System.getLogger(WebSocketClose.class.getName());

    /** How long the close waits for a send under way. */
    private static final long PATIENCE_MILLIS = 1000;

    private final Session session;
    private final CloseReason reason;
    private final Optional<String> lastFrame;
    private final Executor executor;
    private final AtomicBoolean begun = new AtomicBoolean();

    WebSocketClose(Session session, CloseReason reason, Optional<String> lastFrame, Executor executor) {
        this.session = session;
        this.reason = reason;
        this.lastFrame = lastFrame;
        this.executor = executor;
    }

    /** Closes now, with the last frame. To be called while no send is under way. */
    void now() {
        begin(executor, this::sendAndClose);
    }

    /** Closes after a while without the last frame, because the send under way may never end. */
    void afterPatience() {
        begin(CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS, executor), this::close);
    }

    private void begin(Executor where, Runnable close) {
        Runnable once = () -> {
            if (begun.compareAndSet(false, true)) {
                close.run();
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
