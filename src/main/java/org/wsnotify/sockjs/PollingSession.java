package org.wsnotify.sockjs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.wsnotify.session.Channel;
import org.wsnotify.session.CloseReason;
import org.wsnotify.session.OutgoingQueue;
import org.wsnotify.session.OutgoingQueue.Frame;

/**
 * A session over HTTP: what is sent waits in its queue until the client asks, or while a response is open goes out at once.
 *
 * <p>At most one response, the receiver, is open; a second one is refused while the first lives. Whether it lives is found out by writing
 * white space, since no container tells that a client went away. A receiver that broke ends the session: what was in it may be
 * lost, and the client finds it in the inbox of its next session.
 *
 * <p>A sign of life is asked for by ending the response: a client that is there asks for the next at once.
 *
 * <p>Safe for use by many threads.
 */
final class PollingSession implements Channel {

    /** When to look again whether the first receiver lives: a broken connection shows itself on the second write, after a round trip. */
    private static final List<Duration> LOOKS =
            List.of(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofMillis(150), Duration.ofMillis(250));

    private static final String WHITE_SPACE = "\n";
    private static final int ALL = Integer.MAX_VALUE;

    /** A response, and how to write to it. */
    record Receiver(Transport transport, String callback, Outlet outlet) {
        void write(String frame, Consumer<Throwable> done) {
            outlet.write(transport.frame(callback, frame), done);
        }

        void prelude(Consumer<Throwable> done) {
            String prelude = transport.prelude(callback);
            if (!prelude.isEmpty()) {
                outlet.write(prelude, done);
            }
        }

        /** Tells one frame and ends. */
        void tell(String frame) {
            prelude(ignored -> {});
            write(frame, ignored -> {});
            outlet.end();
        }
    }

    private final String remoteAddress;
    private final PollingSessions shared;
    private final OutgoingQueue queue;
    private volatile Instant lastHeard;
    private Listener listener;
    private boolean opened;
    private String closeFrame;
    private Receiver receiver;
    private Receiver rival;
    private int written;
    private Instant unattendedSince;
    private Outlet lastOutlet;

    PollingSession(String remoteAddress, PollingSessions shared) {
        this.remoteAddress = remoteAddress;
        this.shared = shared;
        this.lastHeard = shared.now();
        this.unattendedSince = lastHeard;
        this.queue = new OutgoingQueue(
                new ReceiverSink(),
                shared.limits().queue(),
                shared.clock(),
                this::overflowed,
                failure -> interrupted());
    }

    /** Gives the session what is said over it. */
    void begin(Application application) {
        Listener begun = application.opened(this);
        boolean over;
        synchronized (this) {
            listener = begun;
            over = closeFrame != null;
        }
        if (over) {
            begun.closed();
        }
    }

    /** The client asks for frames. */
    void receive(Receiver next) {
        heard();
        synchronized (this) {
            if (receiver == null) {
                attach(next);
            } else if (rival == null) {
                rival = next;
                look(next, 0);
            } else {
                next.tell(Frames.close(2010, "Another connection still open"));
            }
        }
        queue.resume();
    }

    /** The client sends messages. */
    void messages(List<String> messages) {
        heard();
        for (String message : messages) {
            Listener told = listenerWhileOpen();
            if (told == null) {
                return;
            }
            told.text(message);
        }
    }

    private synchronized Listener listenerWhileOpen() {
        return closeFrame == null ? listener : null;
    }

    private void heard() {
        lastHeard = shared.now();
    }

    /** With the lock. */
    private void attach(Receiver next) {
        receiver = next;
        lastOutlet = next.outlet();
        written = 0;
        next.prelude(this::brokenIfFailed);
        if (closeFrame != null) {
            put(closeFrame, true, ignored -> {});
        } else if (!opened) {
            opened = true;
            put(Frames.OPEN, false, this::brokenIfFailed);
        }
    }

    /** Writes to the receiver and lets it go when that was its last frame. With the lock. */
    private void put(String frame, boolean last, Consumer<Throwable> done) {
        Receiver current = receiver;
        written += current.transport().frame(current.callback(), frame).length();
        boolean full = current.transport().kind() == Transport.Kind.POLL
                || written >= shared.limits().responseCharacters();
        if (last || full) {
            detach();
        }
        current.write(frame, done);
        if (last || full) {
            current.outlet().end();
        }
    }

    /** With the lock. */
    private void detach() {
        receiver = null;
        heard();
        unattendedSince = lastHeard;
    }

    /** With the lock. */
    private void promote() {
        Receiver next = rival;
        if (receiver == null && next != null) {
            rival = null;
            attach(next);
        }
    }

    /** Takes what the queue gives; only the queue calls it, one send at a time. */
    private final class ReceiverSink implements OutgoingQueue.Sink {
        @Override
        public int takes() {
            synchronized (PollingSession.this) {
                promote();
                return receiver == null ? 0 : ALL;
            }
        }

        @Override
        public void send(List<Frame> frames, Consumer<Throwable> done) {
            List<String> texts = frames.stream()
                    .filter(Frame.Text.class::isInstance)
                    .map(frame -> ((Frame.Text) frame).text())
                    .toList();
            synchronized (PollingSession.this) {
                if (receiver == null) { // closed meanwhile
                    done.accept(new IOException("the session is closed"));
                } else {
                    put(
                            texts.isEmpty() ? Frames.HEARTBEAT : Frames.messages(texts),
                            texts.size() < frames.size(),
                            done);
                }
            }
        }
    }

    @Override
    public void send(String text) {
        queue.add(new Frame.Text(text));
    }

    /** Between two requests there is nothing to ask: the next one is the sign. */
    @Override
    public void probe() {
        boolean attended;
        synchronized (this) {
            attended = receiver != null;
        }
        if (attended) {
            queue.add(new Frame.Ping());
        }
    }

    /** Looks whether the receiver lives while another one waits for its place. */
    private void look(Receiver waiting, int looks) {
        synchronized (this) {
            if (!waiting.equals(rival)) {
                return;
            }
            promote();
            if (!waiting.equals(rival)) {
                queue.resume();
                return;
            }
            if (looks == LOOKS.size()) {
                rival = null;
                waiting.tell(Frames.close(2010, "Another connection still open"));
                return;
            }
            receiver.outlet().write(WHITE_SPACE, this::brokenIfFailed);
            shared.later(LOOKS.get(looks), () -> look(waiting, looks + 1));
        }
    }

    private void brokenIfFailed(Throwable failure) {
        if (failure != null) {
            interrupted();
        }
    }

    /** What is in a response that broke cannot be known to have arrived, so that the session cannot go on. */
    private void interrupted() {
        Outlet broken;
        synchronized (this) {
            broken = receiver == null ? null : receiver.outlet();
            if (broken != null) {
                detach();
            }
        }
        close(1002, "Connection interrupted");
        if (broken != null) {
            broken.abort();
        }
    }

    private void overflowed() {
        shared.slow();
        close(CloseReason.OVERLOADED.code(), CloseReason.OVERLOADED.text());
    }

    @Override
    public void close(int code, String reason) {
        Listener told;
        synchronized (this) {
            if (closeFrame != null) {
                return;
            }
            closeFrame = Frames.close(code, reason);
            told = listener;
            queue.end();
            Outlet last = lastOutlet;
            if (last != null) {
                shared.later(shared.limits().sending(), last::abort);
            }
            if (receiver == null) {
                unattendedSince = shared.now();
            } else {
                put(closeFrame, true, ignored -> {});
            }
            promote();
        }
        if (told != null && Thread.holdsLock(this)) {
            shared.later(Duration.ZERO, told::closed); // whoever is told has locks of his own
        } else if (told != null) {
            told.closed();
        }
    }

    /** Whether nobody asked for it for too long; a closed one has told then what there was to tell. */
    synchronized boolean isForgotten(Instant now) {
        return receiver == null
                && rival == null
                && !unattendedSince.plus(shared.limits().absence()).isAfter(now);
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
}
