package org.wsnotify.sockjs.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.wsnotify.sockjs.Outlet;

/**
 * A response written without blocking, one HTTP chunk a piece.
 *
 * <p>The container's stream is touched by one task at a time, on an executor of ours: whoever writes, and the container that says it is ready, may
 * hold locks.
 */
final class AsyncOutlet implements Outlet, WriteListener {

    private static final System.Logger LOG = System.getLogger(AsyncOutlet.class.getName());

    private record Piece(String text, Consumer<Throwable> done) {}

    private final AsyncContext context;
    private final ServletOutputStream stream;
    private final Executor executor;
    private final Queue<Piece> pieces = new ArrayDeque<>();
    private Consumer<Throwable> leaving;
    private boolean possible;
    private boolean scheduled;
    private boolean again;
    private boolean ending;
    private boolean over;

    AsyncOutlet(AsyncContext context, ServletOutputStream stream, Executor executor) {
        this.context = context;
        this.stream = stream;
        this.executor = executor;
        stream.setWriteListener(this);
    }

    @Override
    public void write(String piece, Consumer<Throwable> done) {
        boolean late;
        synchronized (this) {
            late = over || ending;
            if (!late) {
                pieces.add(new Piece(piece, done));
            }
        }
        if (late) {
            done.accept(new IOException("the response has ended"));
        } else {
            schedule();
        }
    }

    @Override
    public void end() {
        synchronized (this) {
            ending = true;
        }
        schedule();
    }

    @Override
    public void abort() {
        fail(new IOException("given up"));
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            possible = true;
        }
        schedule();
    }

    @Override
    public void onError(Throwable thrown) {
        fail(thrown);
    }

    private void schedule() {
        synchronized (this) {
            if (scheduled) {
                again = true;
                return;
            }
            scheduled = true;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            fail(e);
        }
    }

    private void run() {
        boolean more = true;
        while (more) {
            try {
                drain();
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
            synchronized (this) {
                more = again;
                again = false;
                scheduled = more;
            }
        }
    }

    private void drain() throws IOException {
        while (mayWrite()) {
            Consumer<Throwable> left;
            Piece next;
            boolean last;
            synchronized (this) {
                left = leaving;
                leaving = null;
                next = over ? null : pieces.poll();
                last = next == null && ending && !over;
                if (next != null) {
                    leaving = next.done();
                }
                over |= last;
            }
            if (left != null) {
                left.accept(null);
            }
            if (last) {
                context.complete();
            }
            if (next == null) {
                return;
            }
            stream.write(next.text().getBytes(StandardCharsets.UTF_8));
            if (stream.isReady()) {
                stream.flush();
            }
        }
    }

    /** Asks the container only when there is something to do, since each "no" must be followed by its call before the next question. */
    private boolean mayWrite() {
        synchronized (this) {
            if (over || !possible || (pieces.isEmpty() && leaving == null && !ending)) {
                return false;
            }
        }
        if (stream.isReady()) {
            return true;
        }
        synchronized (this) {
            possible = false;
        }
        return false;
    }

    private void fail(Throwable thrown) {
        Queue<Piece> lost;
        Consumer<Throwable> left;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            left = leaving;
            leaving = null;
            lost = new ArrayDeque<>(pieces);
            pieces.clear();
        }
        try {
            context.complete();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a response was gone before it ended: {0}", e.toString());
        }
        if (left != null) {
            left.accept(thrown);
        }
        lost.forEach(piece -> piece.done().accept(thrown));
    }
}
