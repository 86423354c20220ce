package org.wsnotify.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.notification.UnseenCounts;

/**
 * To whom a session belongs. Everything that is sent for a user passes through its lock, so that none of it comes after
 * a change of user.
 *
 * <p>What is pushed between {@link #begin} and {@link #complete} waits for the answer to the join. Safe for use by many
 * threads.
 */
final class Membership {

    private static final int MOST_HELD = 1000;

    private final ClientSession session;
    private Instant unjoinedSince;
    private String userId;
    private List<Envelope> held;
    private boolean returning;

    Membership(ClientSession session, Instant opened) {
        this.session = session;
        this.unjoinedSince = opened;
    }

    ClientSession session() {
        return session;
    }

    /** The client asks to join, or has left: it gets its time anew. */
    synchronized void unjoinedSince(Instant instant) {
        unjoinedSince = instant;
    }

    /** Whether it belongs to nobody, and has not since an instant or longer. */
    synchronized boolean isUnjoinedSince(Instant instant) {
        return userId == null && !unjoinedSince.isAfter(instant);
    }

    /** The user it belongs to, if any. */
    synchronized Optional<String> user() {
        return Optional.ofNullable(userId);
    }

    /**
     * The session belongs to nobody any more.
     *
     * @return whose it was
     */
    synchronized Optional<String> leave() {
        Optional<String> left = Optional.ofNullable(userId);
        userId = null;
        held = null;
        return left;
    }

    /**
     * It is the user's; what is pushed is held until {@link #complete}.
     *
     * @return whose it was before
     */
    synchronized Optional<String> begin(String user) {
        Optional<String> before = Optional.ofNullable(userId);
        userId = user;
        held = new ArrayList<>();
        return before;
    }

    /** Says whether the user's last session broke, so that a sign of life is wanted. */
    synchronized void returning(boolean broken) {
        returning = broken;
    }

    /** Sends the answer to the join, and what was held and is not in it. */
    synchronized void complete(Envelope.Joined joined, Envelope.Notifications unseen) {
        if (!joined.userId().equals(userId) || held == null) {
            return;
        }
        session.send(joined);
        session.send(unseen);
        List<Envelope> later = held;
        held = null;
        UnseenCounts last = joined.unseen();
        for (Envelope envelope : later) {
            if (!repeats(envelope, unseen)) {
                session.send(envelope);
            } else if (envelope.counts().isPresent() && !envelope.counts().get().equals(last)) {
                session.send(new Envelope.Counts(envelope.counts().get()));
            }
            last = envelope.counts().orElse(last);
        }
        if (returning) {
            session.channel().probe();
        }
    }

    /** @return false when it is not this user's any more, and nothing was sent */
    synchronized boolean push(String user, Envelope envelope) {
        if (!user.equals(userId)) {
            return false;
        }
        if (held == null) {
            session.send(envelope);
        } else if (held.size() < MOST_HELD) {
            held.add(envelope);
        } else {
            session.close(CloseStatus.OVERLOADED);
        }
        return true;
    }

    private static boolean repeats(Envelope envelope, Envelope.Notifications unseen) {
        return envelope instanceof Envelope.Notifications push && unseen.items().containsAll(push.items());
    }
}
