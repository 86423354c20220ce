package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The container's side of a response that is written without blocking, a chunk at a time.
 *
 * <p>Asked, written to and completed by one thread at a time; the container calls its listener from any.
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
     * @param onPossible told when the container is ready again; must not block
     * @param onBroken told when the response has broken; must not block
     */
    AsyncResponse(AsyncContext context, ServletOutputStream stream, Runnable onPossible, Consumer<Throwable> onBroken) {
        this.context = context;
        this.stream = stream;
        this.onPossible = onPossible;
        this.onBroken = onBroken;
    }

    /** Has the container say when it is ready, from now on. */
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
     * Whether one write or flush is possible; after a "no" the listener is told. The container is not asked between its
     * "no" and its call, and may call before its "no" is here, so that this is noted before asking.
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

    /** Writes a chunk, which leaves with {@link #flush}. */
    void write(byte[] chunk) throws IOException {
        flushes = flushesOfNext;
        flushesOfNext = 1;
        stream.write(chunk);
    }

    /** @return false when all that was written had left already */
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
