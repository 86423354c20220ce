package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.wsnotify.sockjs.ResponseWriter;

/**
 * Writes a response without blocking its callers, one HTTP chunk for each piece.
 *
 * <p>One task at a time, on an executor, calls the container. Callers and the container's own callbacks may hold locks,
 * and a response must not end during a write.
 */
final class AsyncResponseWriter implements ResponseWriter {

    private record Piece(String text, Consumer<Throwable> done) {}

    private final AsyncResponse response;
    private final RepeatableTask task;
    private final Queue<Piece> pieces = new ArrayDeque<>(2);
    private boolean ending;
    private boolean over;
    private Throwable broken;

    /** The callback of the piece under way; only the task uses it. */
    private Consumer<Throwable> sending;

    private AsyncResponseWriter(AsyncContext context, ServletOutputStream stream, Executor executor) {
        this.task = new RepeatableTask(executor, this::work);
        this.response = new AsyncResponse(context, stream, this::proceed, this::breakOff);
    }

    /** @param executor runs all calls of the container; on Open Liberty they block while the client does not read */
    static AsyncResponseWriter over(AsyncContext context, ServletOutputStream stream, Executor executor) {
        AsyncResponseWriter writer = new AsyncResponseWriter(context, stream, executor);
        writer.response.begin();
        return writer;
    }

    @Override
    public void write(String piece, Consumer<Throwable> done) {
        boolean late;
        synchronized (this) {
            late = over || ending || broken != null;
            if (!late) {
                pieces.add(new Piece(piece, done));
            }
        }
        if (late) {
            done.accept(new IOException("the response has ended"));
        } else {
            proceed();
        }
    }

    @Override
    public void end() {
        synchronized (this) {
            ending = true;
        }
        proceed();
    }

    @Override
    public void abort() {
        breakOff(new IOException("given up"));
    }

    private void breakOff(Throwable why) {
        synchronized (this) {
            broken = broken == null ? why : broken;
        }
        proceed();
    }

    private void proceed() {
        try {
            task.run();
        } catch (RejectedExecutionException e) {
            finish(e); // the executor has stopped, so no task can interfere
        }
    }

    private void work() {
        try {
            Throwable why = broken();
            while (why == null && step()) {
                why = broken();
            }
            if (why != null) {
                finish(why);
            }
        } catch (IOException | RuntimeException e) {
            finish(e);
        }
    }

    private synchronized Throwable broken() {
        return broken;
    }

    /** @return whether there may be more to do now */
    private boolean step() throws IOException {
        if (!hasWork() || !response.isReady()) {
            return false;
        }
        if (sending == null) {
            return writeNext();
        }
        if (!response.flush()) {
            Consumer<Throwable> sent = sending;
            sending = null;
            sent.accept(null);
        }
        return true;
    }

    private synchronized boolean hasWork() {
        return !over && (sending != null || !pieces.isEmpty() || ending);
    }

    private boolean writeNext() throws IOException {
        Piece next;
        synchronized (this) {
            next = pieces.poll();
        }
        if (next == null) {
            finish(null);
            return false;
        }
        sending = next.done();
        response.write(next.text().getBytes(StandardCharsets.UTF_8));
        return true;
    }

    /** @param failure passed to the callbacks of pieces that were not sent; null if all were sent */
    private void finish(Throwable failure) {
        List<Consumer<Throwable>> lost = new ArrayList<>();
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            if (sending != null) {
                lost.add(sending);
                sending = null;
            }
            pieces.forEach(piece -> lost.add(piece.done()));
            pieces.clear();
        }
        response.complete();
        lost.forEach(done -> done.accept(failure));
    }
}
