package org.wsnotify.sockjs;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.OutgoingQueue;
import org.wsnotify.channel.OutgoingQueue.Frame;

/**
 * A session over HTTP: what is sent waits in its queue until the client asks, or while a response is open goes out at
 * once.
 *
 * <p>The client is heard from when it sends a request, and only then. A sign of life is asked for by ending the
 * response: a client that is there asks for the next at once. A receiver that broke ends the session: what was in it
 * may be lost, and the client finds it in the inbox of its next session.
 *
 * <p>Safe for use by many threads.
 */
final class PollingSession implements Channel {

    private final String remoteAddress;
    private final PollingSessions shared;
    private final ReceiverSlot receivers;
    private final OutgoingQueue queue;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Instant lastHeard;
    private volatile Listener listener;

    /** A session, and what is said over it. */
    static PollingSession open(String remoteAddress, PollingSessions shared, Application application) {
        PollingSession session = new PollingSession(remoteAddress, shared);
        session.listener = application.opened(session);
        if (session.closed.get()) {
            session.listener.closed();
        }
        return session;
    }

    private PollingSession(String remoteAddress, PollingSessions shared) {
        this.remoteAddress = remoteAddress;
        this.shared = shared;
        this.lastHeard = shared.now();
        this.receivers = new ReceiverSlot(shared, this::interrupted);
        this.queue = new OutgoingQueue(
                new ReceiverSink(),
                shared.limits().queue(),
                shared.clock(),
                this::overflowed,
                failure -> {}); // the receiver that broke says so itself
    }

    /** The client asks for frames. */
    void receive(Receiver next) {
        heard();
        receivers.arrive(next);
        queue.resume();
    }

    /** The client sends messages. */
    void messages(List<String> messages) {
        heard();
        messages.forEach(listener::text);
    }

    private void heard() {
        lastHeard = shared.now();
    }

    /** Gives the receiver what waits; only the queue calls it, one send at a time. */
    private final class ReceiverSink implements OutgoingQueue.Sink {
        @Override
        public int takes() {
            return receivers.isAttended() ? Integer.MAX_VALUE : 0;
        }

        @Override
        public void send(List<Frame> frames, Consumer<Throwable> done) {
            List<String> texts = frames.stream()
                    .filter(Frame.Text.class::isInstance)
                    .map(frame -> ((Frame.Text) frame).text())
                    .toList();
            boolean asked = texts.size() < frames.size();
            receivers.send(texts.isEmpty() ? Frames.HEARTBEAT : Frames.messages(texts), asked, done);
        }
    }

    @Override
    public void send(String text) {
        queue.add(new Frame.Text(text));
    }

    /** Between two requests there is nothing to ask: the next one is the sign. */
    @Override
    public void probe() {
        if (receivers.isAttended()) {
            queue.add(new Frame.Ping());
        }
    }

    private void interrupted() {
        close(1002, "Connection interrupted");
    }

    private void overflowed() {
        shared.slow();
        close(CloseStatus.OVERLOADED.code(), CloseStatus.OVERLOADED.text());
    }

    @Override
    public void close(int code, String reason) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        queue.end();
        receivers.close(Frames.close(code, reason));
        Listener told = listener;
        if (told != null) {
            told.closed();
        }
    }

    /** Whether nobody asked for it for too long; a closed one has told then what there was to tell. */
    boolean isForgotten(Instant now) {
        return receivers.areAwaySince(now.minus(shared.limits().absence()));
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
    public void whenSent(Runnable sent) {
        queue.whenIdle(sent);
    }

    @Override
    public long unsent() {
        return queue.size();
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }
}
