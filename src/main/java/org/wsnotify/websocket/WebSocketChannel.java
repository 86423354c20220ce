package org.wsnotify.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.IncomingText;
import org.wsnotify.channel.OutgoingQueue;
import org.wsnotify.channel.OutgoingQueue.Frame;
import org.wsnotify.client.RemoteClient;
import org.wsnotify.meter.Meters;

/**
 * A WebSocket as a channel.
 *
 * <p>Everything goes through one {@link OutgoingQueue}: overlapping sends are lost on Open Liberty. Safe for use by
 * many threads.
 */
public final class WebSocketChannel implements Channel {

    private static final System.Logger LOG = System.getLogger(WebSocketChannel.class.getName());

    /** What all of them share. */
    public record Shared(OutgoingQueue.Bounds bounds, Clock clock, Executors executors, Meters meters) {}

    /**
     * Where the work is done that blocks on Open Liberty while a client does not read.
     *
     * @param pings sends pings, which are synchronous there
     * @param closes closes, which can take seconds there
     */
    public record Executors(Executor pings, Executor closes) {}

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final String remoteAddress;
    private final Framing framing;
    private final Shared shared;
    private final OutgoingQueue queue;
    private final IncomingText incoming;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Instant lastHeard;
    private volatile Listener listener;

    private WebSocketChannel(Session session, Framing framing, Shared shared) {
        this.session = session;
        this.remote = session.getAsyncRemote();
        this.remoteAddress = RemoteClient.of(session.getUserPrincipal())
                .orElse(RemoteClient.UNKNOWN)
                .address();
        this.framing = framing;
        this.shared = shared;
        this.incoming = new IncomingText(framing.longest());
        this.lastHeard = shared.clock().instant();
        this.queue =
                new OutgoingQueue(this::transmit, shared.bounds(), shared.clock(), this::overflowed, failure -> lost());
    }

    /** A channel over a session that was just opened, and what is said over it. */
    public static WebSocketChannel open(Session session, Framing framing, Application application, Shared shared) {
        WebSocketChannel channel = new WebSocketChannel(session, framing, shared);
        framing.open().ifPresent(channel::enqueue);
        channel.listener = application.opened(channel);
        if (channel.closed.get()) {
            channel.listener.closed();
        }
        return channel;
    }

    /** The client sent a part of a message; the whole one is handed on. One that is too large closes the connection. */
    public void part(String part, boolean last, Consumer<String> whole) {
        heard();
        try {
            incoming.add(part, last).ifPresent(whole);
        } catch (IncomingText.TooLargeException e) {
            end(CloseStatus.TOO_LARGE);
        }
    }

    /** The client sent a text. */
    public void text(String text) {
        heard();
        listener.text(text);
    }

    /** The client sent something that is no text. */
    public void notText() {
        heard();
        listener.notText();
    }

    /** The client gave a sign of life. */
    public void heard() {
        lastHeard = shared.clock().instant();
    }

    @Override
    public void send(String text) {
        enqueue(framing.text(text));
    }

    @Override
    public void probe() {
        framing.heartbeat().ifPresent(this::enqueue);
        enqueue(new Frame.Ping());
    }

    private void enqueue(String text) {
        enqueue(new Frame.Text(text));
    }

    private void enqueue(Frame frame) {
        withoutServices(() -> queue.add(frame));
    }

    /**
     * Payara's WebSocket engine schedules an idle task on each send through an executor that searches the context class
     * loader for services; with the platform's loader it finds nothing to search, which makes a send three times
     * cheaper. Open Liberty does not care.
     */
    private static void withoutServices(Runnable sending) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            sending.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void transmit(List<Frame> frames, Consumer<Throwable> done) {
        if (frames.get(0) instanceof Frame.Text text) {
            remote.sendText(text.text(), result -> done.accept(result.isOK() ? null : failure(result.getException())));
        } else {
            shared.executors().pings().execute(() -> withoutServices(() -> ping(done)));
        }
    }

    private void ping(Consumer<Throwable> done) {
        Throwable failure = null;
        try {
            remote.sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        done.accept(failure);
    }

    private static Throwable failure(Throwable thrown) {
        return thrown == null ? new IOException("the frame was not sent") : thrown;
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

    private void overflowed() {
        LOG.log(System.Logger.Level.INFO, "closed a session that cannot keep up");
        shared.meters().slowSessionClosed();
        end(CloseStatus.OVERLOADED);
    }

    private void lost() {
        end(CloseStatus.LOST);
    }

    private void end(CloseStatus reason) {
        close(reason.code(), reason.text());
    }

    @Override
    public void close(int code, String reason) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Closing closing = new Closing(
                session,
                new CloseReason(CloseCodes.getCloseCode(code), reason),
                framing.close(code, reason),
                shared.executors().closes());
        queue.end(closing::now);
        if (queue.sendingSince() != null) {
            closing.soonAtLeast();
        }
        tell();
    }

    /** The WebSocket is closed. */
    public void gone() {
        if (closed.compareAndSet(false, true)) {
            queue.end();
            tell();
        }
    }

    private void tell() {
        Listener told = listener;
        if (told != null) {
            told.closed();
        }
    }
}
