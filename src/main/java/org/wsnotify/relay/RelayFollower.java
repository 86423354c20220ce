package org.wsnotify.relay;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.presence.Node;

/**
 * Follows what this node is told, in a thread of its own, until {@link #stop}.
 *
 * <p>A failure never ends it: after a pause of at most a second it goes on where it was. When the id of this node has
 * changed, it follows the new one. All calls of the receiver come from the thread that runs this. {@link #seen} and
 * {@link #stop} may be called by any thread, and do not block.
 */
public final class RelayFollower implements Runnable {

    private static final Logger LOG = System.getLogger(RelayFollower.class.getName());

    /** A short outage, for example an election, needs no line of its own. */
    private static final int FAILURES_LOGGED = 5;

    private final Supplier<String> self;
    private final RelayLog log;
    private final RelayReceiver receiver;
    private final RetryDelay delay = new RetryDelay();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<List<Node>> others = new AtomicReference<>();
    private String id = "";
    private int failures;
    private volatile Optional<RelayStream> stream = Optional.empty();
    /** What the stream has brought, until the receiver has taken it. */
    private Optional<RelayStream.Received> arrived = Optional.empty();

    /**
     * @param self the id of this node, which may change
     * @param receiver of the same node, on the same log
     */
    public RelayFollower(Supplier<String> self, RelayLog log, RelayReceiver receiver) {
        this.self = Objects.requireNonNull(self, "self");
        this.log = Objects.requireNonNull(log, "log");
        this.receiver = Objects.requireNonNull(receiver, "receiver");
    }

    /** These are the other nodes now, live or not. The receiver takes notice of them about a second later at most. */
    public void seen(List<Node> nodes) {
        others.set(List.copyOf(nodes));
    }

    @Override
    public void run() {
        try {
            while (!isStopping()) {
                turn();
            }
        } finally {
            closeStream();
        }
    }

    private void turn() {
        try {
            follow();
            tellWhoIsThere();
            receive();
            delay.succeeded();
            failures = 0;
        } catch (StoreUnavailableException e) {
            failures++;
            if (failures == FAILURES_LOGGED) {
                LOG.log(Level.WARNING, "what other servers tell cannot be received: {0}", e.getMessage());
            }
            pause();
        } catch (RuntimeException | Error e) { // this thread must go on
            if (!isStopping()) {
                LOG.log(Level.ERROR, "What other servers tell could not be received; it is tried again", e);
            }
            pause();
        }
    }

    private void follow() {
        String now = self.get();
        if (!now.equals(id)) {
            closeStream();
            arrived = Optional.empty();
            stream = Optional.of(log.follow(now));
            id = now;
        }
    }

    private void tellWhoIsThere() {
        List<Node> nodes = others.getAndSet(null);
        if (nodes != null) {
            try {
                receiver.seen(nodes);
            } catch (RuntimeException | Error e) {
                others.compareAndSet(null, nodes); // once more, unless there is later news
                throw e;
            }
        }
    }

    private void receive() {
        if (arrived.isEmpty() && !isStopping()) {
            arrived = stream.map(RelayStream::next);
        }
        arrived.ifPresent(receiver::received);
        arrived = Optional.empty();
    }

    private void pause() {
        try {
            stopping.await(delay.afterFailure(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void closeStream() {
        stream.ifPresent(RelayStream::close);
        stream = Optional.empty();
    }

    /** Ends {@link #run} soon. Cannot be undone. */
    public void stop() {
        stopping.countDown();
        stream.ifPresent(RelayStream::close);
    }
}
