package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The container's side of a response that is written without blocking, chunk by chunk.
 *
 * <p>Used by one thread at a time; the container calls the listener methods from any thread.
 */
final class AsyncResponse implements WriteListener {

    private static final System.Logger LOG = System.getLogger(AsyncResponse.class.getName());

    /** Open Liberty does nothing at the first flush of a response. */
    private static final int FLUSHES_OF_FIRST = 2;

    private final AsyncContext context;
    private final ServletOutputStream stream;
    private final Runnable onPossible;
    private final Consumer<Throwable> onBroken;
    private volatile boolean possible;
    private int flushes;
    private int flushesOfNext = FLUSHES_OF_FIRST;

    /**
     * @param onPossible called when the container is ready again; must not block
     * @param onBroken called when the response has broken; must not block
     */
    AsyncResponse(AsyncContext context, ServletOutputStream stream, Runnable onPossible, Consumer<Throwable> onBroken) {
        this.context = context;
        this.stream = stream;
        this.onPossible = onPossible;
        this.onBroken = onBroken;
    }

    /** Registers for the container's readiness. */
    void begin() {
        stream.setWriteListener(this);
    }

    @Override
    public void onWritePossible() {
        possible = true;
        onPossible.run();
    }

    @Override
    public void onError(Throwable thrown) {
        onBroken.accept(thrown);
    }

    /**
     * Returns whether one write or flush is possible. After a "no" the container calls the listener, and must not be
     * asked before that. It may call even before its "no" is returned, so the flag is cleared before asking.
     */
    boolean isReady() {
        if (!possible) {
            return false;
        }
        possible = false;
        if (!stream.isReady()) {
            return false;
        }
        possible = true;
        return true;
    }

    /** Writes a chunk, which {@link #flush} sends. */
    void write(byte[] chunk) throws IOException {
        flushes = flushesOfNext;
        flushesOfNext = 1;
        stream.write(chunk);
    }

    /** @return false if everything written was already sent */
    boolean flush() throws IOException {
        if (flushes == 0) {
            return false;
        }
        flushes--;
        stream.flush();
        return true;
    }

    void complete() {
        try {
            context.complete();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a response was gone before it ended: {0}", e.toString());
        }
    }
}
