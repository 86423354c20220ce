package org.wsnotify.sockjs;

import java.util.function.Consumer;

/**
 * A response to which frames are written in the form of its transport. Used by one thread at a time; {@link #abort} by
 * any.
 */
final class Receiver {

    private static final String WHITE_SPACE = "\n";

    private final Transport transport;
    private final String callback;
    private final ResponseWriter writer;
    private long characters;

    /** @param callback the function of the page that the transport calls; empty if it calls none */
    Receiver(Transport transport, String callback, ResponseWriter writer) {
        this.transport = transport;
        this.callback = callback;
        this.writer = writer;
    }

    /** Writes the prelude of the transport. */
    void begin(Consumer<Throwable> done) {
        String prelude = transport.prelude(callback);
        if (!prelude.isEmpty()) {
            writer.write(prelude, done);
        }
    }

    /** Returns a frame in the form of the transport. */
    String piece(String frame) {
        return transport.frame(callback, frame);
    }

    /** Returns whether the response ends with this piece. */
    boolean isFullWith(String piece, int most) {
        return transport.kind() == Transport.Kind.POLL || characters + piece.length() >= most;
    }

    void write(String piece, Consumer<Throwable> done) {
        characters += piece.length();
        writer.write(piece, done);
    }

    /** Writes white space, which clients ignore, and fails if the client is gone. */
    void probe(Consumer<Throwable> done) {
        writer.write(WHITE_SPACE, done);
    }

    /** Writes one frame and ends, without being attached to a session. */
    void tell(String frame) {
        begin(ignored -> {});
        write(piece(frame), ignored -> {});
        end();
    }

    void end() {
        writer.end();
    }

    /** Ends the response now, whatever is under way. */
    void abort() {
        writer.abort();
    }
}
