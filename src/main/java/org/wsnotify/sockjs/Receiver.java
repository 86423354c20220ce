package org.wsnotify.sockjs;

import java.util.function.Consumer;

/**
 * A response that receives frames, written as its transport writes them. Used by one thread at a time; {@link #abort}
 * by any.
 */
final class Receiver {

    private static final String WHITE_SPACE = "\n";

    private final Transport transport;
    private final String callback;
    private final ResponseWriter outlet;
    private long characters;

    /** @param callback the function of the page that the transport calls; empty for one that calls none */
    Receiver(Transport transport, String callback, ResponseWriter outlet) {
        this.transport = transport;
        this.callback = callback;
        this.outlet = outlet;
    }

    /** Writes what comes before the first frame. */
    void begin(Consumer<Throwable> done) {
        String prelude = transport.prelude(callback);
        if (!prelude.isEmpty()) {
            outlet.write(prelude, done);
        }
    }

    /** A frame as it is written here. */
    String piece(String frame) {
        return transport.frame(callback, frame);
    }

    /** Whether a piece is the last one that belongs into this response. */
    boolean isFullWith(String piece, int most) {
        return transport.kind() == Transport.Kind.POLL || characters + piece.length() >= most;
    }

    void write(String piece, Consumer<Throwable> done) {
        characters += piece.length();
        outlet.write(piece, done);
    }

    /** Writes what means nothing to a client, and fails when it is gone. */
    void probe(Consumer<Throwable> done) {
        outlet.write(WHITE_SPACE, done);
    }

    /** Tells one frame and ends, without ever having been the receiver of a session. */
    void tell(String frame) {
        begin(ignored -> {});
        write(piece(frame), ignored -> {});
        end();
    }

    void end() {
        outlet.end();
    }

    /** Ends now, whatever is under way. */
    void abort() {
        outlet.abort();
    }
}
