package org.wsnotify.sockjs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The responses of one session: at most one receiver is open, and the next one follows it.
 *
 * <p>A second receiver is refused while the first one works. To find out, the slot writes white space to the first,
 * because no container reports that a client has gone. The first receiver is told that the session is open, and those
 * after {@link #close} are told why it is not.
 *
 * <p>Safe for use by many threads. It calls its owner from other threads only, and without its lock.
 */
final class ReceiverSlot {

    /**
     * How long to wait between the checks of the first receiver. A broken connection fails on the second write, after a
     * round trip.
     */
    private static final List<Duration> CHECKS =
            List.of(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofMillis(150), Duration.ofMillis(250));

    private static final String REFUSED = Frames.close(2010, "Another connection still open");

    private final PollingSessions shared;
    private final Runnable onBroken;
    private final List<Receiver> ending = new ArrayList<>(0);
    private boolean opened;
    private String closeFrame;
    private Receiver current;
    private Receiver waiting;
    private Instant unattendedSince;

    /** @param onBroken called when a receiver broke, so that what was in it may be lost */
    ReceiverSlot(PollingSessions shared, Runnable onBroken) {
        this.shared = shared;
        this.onBroken = onBroken;
        this.unattendedSince = shared.now();
    }

    /** The client asks for frames. */
    synchronized void arrive(Receiver next) {
        if (current == null) {
            attach(next);
        } else if (waiting == null) {
            waiting = next;
            check(next, 0);
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
     * @param last whether the response ends with it
     * @param done called once, with null when it was sent, or with what went wrong
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

    /** Writes to the receiver, and ends the response after its last frame. */
    private void write(Receiver to, String frame, boolean last, Consumer<Throwable> done) {
        String piece = to.piece(frame);
        boolean ends = last || to.isFullWith(piece, shared.limits().responseCharacters());
        if (ends) {
            ending.add(to);
            detach();
        }
        to.write(piece, failure -> {
            if (ends) {
                ended(to);
            }
            written(to, failure);
            done.accept(failure);
        });
        if (ends) {
            to.end();
            promote();
        }
    }

    /** Detaches the receiver. This is no sign of life: the server ends the response. */
    private void detach() {
        current = null;
        unattendedSince = shared.now();
    }

    private void promote() {
        Receiver next = waiting;
        if (current == null && next != null) {
            waiting = null;
            attach(next);
        }
    }

    private synchronized void ended(Receiver which) {
        ending.remove(which);
    }

    private void written(Receiver to, Throwable failure) {
        if (failure != null) {
            shared.later(Duration.ZERO, () -> broke(to));
        }
    }

    private void broke(Receiver which) {
        synchronized (this) {
            if (which == current) {
                detach();
            }
        }
        onBroken.run();
        which.abort();
    }

    /** Checks whether the receiver still works, while another one waits to follow it. */
    private synchronized void check(Receiver candidate, int checks) {
        if (candidate != waiting) {
            return;
        }
        if (checks == CHECKS.size()) {
            waiting = null;
            candidate.tell(REFUSED);
            return;
        }
        if (current != null) {
            Receiver checked = current;
            checked.probe(failure -> written(checked, failure));
        }
        shared.later(CHECKS.get(checks), () -> check(candidate, checks + 1));
    }

    /** Tells the receiver, and all later ones, that the session is over. Further calls do nothing. */
    synchronized void close(String frame) {
        if (closeFrame != null) {
            return;
        }
        closeFrame = frame;
        ending.forEach(this::abortLater);
        if (current != null) {
            Receiver last = current;
            write(last, frame, true, failure -> {});
            abortLater(last);
        }
        promote();
    }

    /** Aborts the response if it is not sent in time: the heartbeat does not watch a closed session. */
    private void abortLater(Receiver which) {
        if (ending.contains(which)) {
            shared.later(shared.limits().sendTimeout(), which::abort);
        }
    }

    synchronized boolean isAttended() {
        return current != null;
    }

    /** Returns whether no receiver has been there since an instant or longer. */
    synchronized boolean areAwaySince(Instant since) {
        return current == null && waiting == null && !unattendedSince.isAfter(since);
    }
}
