package org.wsnotify.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.channel.Frame;
import org.wsnotify.channel.IncomingText;
import org.wsnotify.channel.QueuedChannel;
import org.wsnotify.client.RemoteClient;

/**
 * A WebSocket as a channel.
 *
 * <p>Everything goes through the queue, because overlapping sends are lost on Open Liberty. Safe for use by many
 * threads.
 */
public final class WebSocketChannel extends QueuedChannel {

    private static final System.Logger LOG = System.getLogger(WebSocketChannel.class.getName());

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final Framing framing;
    private final WebSocketChannels shared;
    private final IncomingText incoming;

    WebSocketChannel(Session session, Framing framing, WebSocketChannels shared) {
        super(addressOf(session), shared.limits(), shared.clock());
        this.session = session;
        this.remote = session.getAsyncRemote();
        this.framing = framing;
        this.shared = shared;
        this.incoming = new IncomingText(framing.longest());
    }

    private static String addressOf(Session session) {
        return RemoteClient.of(session.getUserPrincipal())
                .orElse(RemoteClient.UNKNOWN)
                .address();
    }

    /** Sends the first frame and begins the application. */
    void begin(Application application) {
        framing.open().ifPresent(this::enqueue);
        open(application);
    }

    /** Receives a part of a frame. A frame that is too large, or cannot be read, closes the connection. */
    public void part(String part, boolean last) {
        heard();
        try {
            Optional<String> frame = incoming.add(part, last);
            if (frame.isPresent()) {
                framing.read(frame.get()).forEach(listener()::text);
            }
        } catch (IncomingText.TooLargeException e) {
            close(CloseStatus.TOO_LARGE);
        } catch (BrokenFrameException e) {
            close(CloseCodes.PROTOCOL_ERROR.getCode(), e.getMessage());
        }
    }

    /** Receives a frame that is not text. */
    public void notText() {
        heard();
        listener().notText();
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
        queue().add(frame);
    }

    @Override
    public void transmit(List<Frame> frames, Consumer<Throwable> done) {
        if (frames.get(0) instanceof Frame.Text text) {
            remote.sendText(text.text(), result -> done.accept(result.isOK() ? null : failure(result.getException())));
        } else {
            shared.pings().execute(() -> ping(done));
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
    protected void tooSlow() {
        LOG.log(System.Logger.Level.INFO, "closed a session that cannot keep up");
        shared.meters().slowSessionClosed();
    }

    @Override
    protected void sendFailed() {
        close(CloseStatus.LOST);
    }

    @Override
    protected void disconnect(int code, String reason) {
        WebSocketClose close = new WebSocketClose(
                session,
                new CloseReason(CloseCodes.getCloseCode(code), reason),
                framing.close(code, reason),
                shared.closes());
        queue().end(close::now);
        if (queue().sendingSince() != null) {
            close.afterPatience();
        }
    }
}
