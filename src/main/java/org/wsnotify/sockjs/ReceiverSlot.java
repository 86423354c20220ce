package org.wsnotify.sockjs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The responses of one session: at most one, the receiver, is open, and hands over to the next.
 *
 * <p>A second one is refused while the first lives. Whether it lives is found out by writing white space, since no
 * container tells that a client went away. The first receiver is told that the session is open; those after {@link
 * #close} are told why it is not.
 *
 * <p>Safe for use by many threads. It calls its owner from other threads only, and without its lock.
 */
final class ReceiverSlot {

    /**
     * When to look again whether the first receiver lives: a broken connection shows itself on the second write, after
     * a round trip.
     */
    private static final List<Duration> LOOKS =
            List.of(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofMillis(150), Duration.ofMillis(250));

    private static final String REFUSED = Frames.close(2010, "Another connection still open");

    private final PollingSessions shared;
    private final Runnable onBroken;
    private final List<Receiver> leaving = new ArrayList<>(0);
    private boolean opened;
    private String closeFrame;
    private Receiver current;
    private Receiver rival;
    private Instant unattendedSince;

    /** @param onBroken called when a receiver broke: what was in it cannot be known to have arrived */
    ReceiverSlot(PollingSessions shared, Runnable onBroken) {
        this.shared = shared;
        this.onBroken = onBroken;
        this.unattendedSince = shared.now();
    }

    /** The client asks for frames. */
    synchronized void arrive(Receiver next) {
        if (current == null) {
            attach(next);
        } else if (rival == null) {
            rival = next;
            look(next, 0);
        } else {
            next.tell(REFUSED);
        }
    }

    private void attach(Receiver next) {
        current = next;
        next.begin(failure -> written(next, failure));
        if (!opened) {
            opened = true;
            write(next, Frames.OPEN, false, failure -> {});
        }
        if (closeFrame != null && next == current) {
            write(next, closeFrame, true, failure -> {});
            abortLater(next);
        }
    }

    /**
     * Sends a frame to the receiver.
     *
     * @param last whether the receiver is let go with it
     * @param done called once with null when it left, or with what went wrong
     */
    void send(String frame, boolean last, Consumer<Throwable> done) {
        boolean attended;
        synchronized (this) {
            attended = current != null;
            if (attended) {
                write(current, frame, last, done);
            }
        }
        if (!attended) { // closed meanwhile
            done.accept(new IOException("the session is closed"));
        }
    }

    /** Writes to the receiver, and lets it go when that is its last frame. */
    private void write(Receiver to, String frame, boolean last, Consumer<Throwable> done) {
        String piece = to.piece(frame);
        boolean leaves = last || to.isFullWith(piece, shared.limits().responseCharacters());
        if (leaves) {
            leaving.add(to);
            leave();
        }
        to.write(piece, failure -> {
            if (leaves) {
                left(to);
            }
            written(to, failure);
            done.accept(failure);
        });
        if (leaves) {
            to.end();
            promote();
        }
    }

    /** Says nothing about the client: a response that ends is the server's doing. */
    private void leave() {
        current = null;
        unattendedSince = shared.now();
    }

    private void promote() {
        Receiver next = rival;
        if (current == null && next != null) {
            rival = null;
            attach(next);
        }
    }

    private synchronized void left(Receiver which) {
        leaving.remove(which);
    }

    private void written(Receiver to, Throwable failure) {
        if (failure != null) {
            shared.later(Duration.ZERO, () -> broke(to));
        }
    }

    private void broke(Receiver which) {
        synchronized (this) {
            if (which == current) {
                leave();
            }
        }
        onBroken.run();
        which.abort();
    }

    /** Looks whether the receiver lives while another one waits for its place. */
    private synchronized void look(Receiver waiting, int looks) {
        if (waiting != rival) {
            return;
        }
        if (looks == LOOKS.size()) {
            rival = null;
            waiting.tell(REFUSED);
            return;
        }
        if (current != null) {
            Receiver looked = current;
            looked.probe(failure -> written(looked, failure));
        }
        shared.later(LOOKS.get(looks), () -> look(waiting, looks + 1));
    }

    /** Tells the receiver, and all that come, that the session is over. Only the first call counts. */
    synchronized void close(String frame) {
        if (closeFrame != null) {
            return;
        }
        closeFrame = frame;
        leaving.forEach(this::abortLater);
        if (current != null) {
            Receiver last = current;
            write(last, frame, true, failure -> {});
            abortLater(last);
        }
        promote();
    }

    /** Nobody asks a closed session whether it still sends. */
    private void abortLater(Receiver which) {
        if (leaving.contains(which)) {
            shared.later(shared.limits().sendTimeout(), which::abort);
        }
    }

    synchronized boolean isAttended() {
        return current != null;
    }

    /** Whether nobody asked for frames since an instant, or longer. */
    synchronized boolean areAwaySince(Instant since) {
        return current == null && rival == null && !unattendedSince.isAfter(since);
    }
}
