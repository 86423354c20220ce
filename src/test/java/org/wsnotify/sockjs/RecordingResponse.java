package org.wsnotify.sockjs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A response that keeps its pieces; a broken one fails each write, a stuck one completes none before it breaks. */
final class RecordingResponse implements ResponseWriter {

    final List<String> pieces = new ArrayList<>();
    boolean ended;
    boolean broken;
    boolean stuck;
    boolean aborted;

    /** What the client does as soon as it has a piece. */
    Runnable onPiece = () -> {};

    private final List<Consumer<Throwable>> underWay = new ArrayList<>();

    @Override
    public void write(String piece, Consumer<Throwable> done) {
        if (broken) {
            done.accept(new IOException("broken pipe"));
            return;
        }
        pieces.add(piece);
        if (stuck) {
            underWay.add(done);
        } else {
            done.accept(null);
            onPiece.run();
        }
    }

    /** The connection breaks, and what was under way with it. */
    void breaks() {
        broken = true;
        underWay.forEach(done -> done.accept(new IOException("broken pipe")));
        underWay.clear();
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public void abort() {
        aborted = true;
        ended = true;
    }

    String body() {
        return String.join("", pieces);
    }
}
