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
 * A response written without blocking its writers, one HTTP chunk a piece.
 *
 * <p>The container is touched by one task at a time, on an executor of ours: whoever writes, and the container that
 * says it is ready, may hold locks, and a response must not end beside a write of its own.
 */
final class AsyncResponseWriter implements ResponseWriter {

    private record Piece(String text, Consumer<Throwable> done) {}

    private final AsyncResponse response;
    private final RepeatableTask task;
    private final Queue<Piece> pieces = new ArrayDeque<>(2);
    private boolean ending;
    private boolean over;
    private Throwable broken;

    /** Whose piece is under way; only the task uses it. */
    private Consumer<Throwable> leaving;

    private AsyncResponseWriter(AsyncContext context, ServletOutputStream stream, Executor executor) {
        this.task = new RepeatableTask(executor, this::work);
        this.response = new AsyncResponse(context, stream, this::proceed, this::breakOff);
    }

    /** @param executor runs what touches the container; on Open Liberty that blocks while the client does not read */
    static AsyncResponseWriter over(AsyncContext context, ServletOutputStream stream, Executor executor) {
        AsyncResponseWriter outlet = new AsyncResponseWriter(context, stream, executor);
        outlet.response.begin();
        return outlet;
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
            finish(e); // nothing runs any more, so nothing is beside it
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
        if (leaving == null) {
            return writeNext();
        }
        if (!response.flush()) {
            Consumer<Throwable> left = leaving;
            leaving = null;
            left.accept(null);
        }
        return true;
    }

    private synchronized boolean hasWork() {
        return !over && (leaving != null || !pieces.isEmpty() || ending);
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
        leaving = next.done();
        response.write(next.text().getBytes(StandardCharsets.UTF_8));
        return true;
    }

    /** @param failure what is told to those whose pieces did not leave; null when all did */
    private void finish(Throwable failure) {
        List<Consumer<Throwable>> lost = new ArrayList<>();
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            if (leaving != null) {
                lost.add(leaving);
                leaving = null;
            }
            pieces.forEach(piece -> lost.add(piece.done()));
            pieces.clear();
        }
        response.complete();
        lost.forEach(done -> done.accept(failure));
    }
}
