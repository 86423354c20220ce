package org.wsnotify.body;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads one body as it comes; no thread waits for it. The container calls it from one thread at a time, and the {@link BodyIntake} from another.
 */
public final class ArrivingBody implements ReadListener {

    private static final System.Logger LOG = System.getLogger(ArrivingBody.class.getName());
    private static final int PIECE = 8192;

    /** Takes the end of a body: exactly one of its methods is called, once. */
    public interface Receiver {
        /** The body is here. */
        void arrived(byte[] body) throws IOException;

        /** It has more bytes than it may have; the rest stays unread. */
        void tooLong() throws IOException;

        /** It did not come in time. */
        void late() throws IOException;

        /** The connection broke, or what came is no body; an answer may still be possible. */
        void broken() throws IOException;
    }

    /** One of the ends. */
    @FunctionalInterface
    private interface End {
        void tell() throws IOException;
    }

    private final BodyIntake.Place place;
    private final ServletInputStream input;
    private final Receiver receiver;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);
    private final AtomicBoolean ended = new AtomicBoolean();

    private ArrivingBody(BodyIntake.Place place, ServletInputStream input, Receiver receiver) {
        this.place = place;
        this.input = input;
        this.receiver = receiver;
    }

    /**
     * Begins to read. The request is in asynchronous mode.
     *
     * @param place is closed at the end
     */
    public static void read(BodyIntake.Place place, ServletInputStream input, Receiver receiver) {
        ArrivingBody body = new ArrivingBody(place, input, receiver);
        place.whenLate(() -> body.end(receiver::late));
        input.setReadListener(body);
    }

    /**
     * Goes on as soon as the body is here, without another question: Payara calls back to each "no", and when the request has ended meanwhile the
     * call finds nothing and throws.
     */
    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[PIECE];
        boolean ready = true;
        while (!ended.get() && ready && body.size() <= place.size() && !isRead()) {
            ready = input.isReady();
            if (ready) {
                int count = Math.max(0, input.read(piece));
                body.write(piece, 0, count);
                place.came(count);
            }
        }
        if (body.size() > place.size()) {
            end(receiver::tooLong);
        } else if (ready) {
            end(() -> receiver.arrived(body.toByteArray()));
        }
    }

    /** On Payara a body is finished when it has arrived, read or not. */
    private boolean isRead() throws IOException {
        return input.isFinished() && input.available() == 0;
    }

    @Override
    public void onAllDataRead() {
        end(() -> receiver.arrived(body.toByteArray()));
    }

    @Override
    public void onError(Throwable thrown) {
        LOG.log(System.Logger.Level.DEBUG, "a body did not arrive: {0}", thrown.toString());
        end(receiver::broken);
    }

    private void end(End end) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        place.close();
        try {
            end.tell();
        } catch (IOException | IllegalStateException e) { // the client has left
            LOG.log(System.Logger.Level.DEBUG, "nobody is told of the end of a body: {0}", e.toString());
        }
    }
}
