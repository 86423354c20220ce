package org.wsnotify.sockjs;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.wsnotify.channel.Frame;
import org.wsnotify.channel.QueuedChannel;

/**
 * A session over HTTP. What is sent waits in its queue until the client asks for it; while a response is open it goes
 * out at once.
 *
 * <p>The client is heard from when it sends a request, and only then. To ask it for a sign of life, the session ends
 * the response: a client that still lives sends the next request at once. A receiver that breaks ends the session. What
 * was in it may be lost, and the client finds it in the inbox of its next session.
 *
 * <p>Safe for use by many threads.
 */
final class PollingSession extends QueuedChannel {

    private static final int INTERRUPTED = 1002;

    private final PollingSessions shared;
    private final ReceiverSlot receivers;

    /** Opens a session and begins an application on it. */
    static PollingSession open(String remoteAddress, PollingSessions shared, Application application) {
        PollingSession session = new PollingSession(remoteAddress, shared);
        session.open(application);
        return session;
    }

    private PollingSession(String remoteAddress, PollingSessions shared) {
        super(remoteAddress, shared.limits().queue(), shared.clock());
        this.shared = shared;
        this.receivers = new ReceiverSlot(shared, () -> close(INTERRUPTED, "Connection interrupted"));
    }

    /** The client asks for frames. */
    void receive(Receiver next) {
        heard();
        receivers.arrive(next);
        queue().resume();
    }

    /** The client sends messages. */
    void messages(List<String> messages) {
        heard();
        messages.forEach(listener()::text);
    }

    @Override
    public void send(String text) {
        queue().add(new Frame.Text(text));
    }

    /** Does nothing between two requests: the next one is the sign of life. */
    @Override
    public void probe() {
        if (receivers.isAttended()) {
            queue().add(new Frame.Ping());
        }
    }

    @Override
    public int capacity() {
        return receivers.isAttended() ? Integer.MAX_VALUE : 0;
    }

    @Override
    public void transmit(List<Frame> frames, Consumer<Throwable> done) {
        List<String> texts = frames.stream()
                .filter(Frame.Text.class::isInstance)
                .map(frame -> ((Frame.Text) frame).text())
                .toList();
        boolean asksForSign = texts.size() < frames.size();
        receivers.send(texts.isEmpty() ? Frames.HEARTBEAT : Frames.messages(texts), asksForSign, done);
    }

    @Override
    protected void tooSlow() {
        shared.tooSlow();
    }

    /** Does nothing: the receiver that broke reports it. */
    @Override
    protected void sendFailed() {
        // see ReceiverSlot
    }

    @Override
    protected void disconnect(int code, String reason) {
        queue().end();
        receivers.close(Frames.close(code, reason));
    }

    /** Returns whether nobody has asked for frames for too long. A closed session has told its client by then. */
    boolean isForgotten(Instant now) {
        return receivers.areAwaySince(now.minus(PollingSessions.DISCONNECT_DELAY));
    }
}
