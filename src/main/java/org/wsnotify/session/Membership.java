package org.wsnotify.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wsnotify.channel.CloseStatus;
import org.wsnotify.notification.IdList;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.UnseenCounts;

/**
 * The user that a session belongs to. Every push passes through its lock, so that none arrives after a change of user.
 *
 * <p>Pushes between {@link #begin} and {@link #complete} wait for the answer to the join. Safe for use by many threads.
 */
final class Membership {

    private static final int MAX_HELD = 1000;

    /** A push is not later than this after its publication, or the store had it for long. */
    private static final Duration MAX_LATE = Duration.ofMinutes(10);

    private final ClientSession session;
    private Instant unjoinedSince;
    private String userId;
    private List<Envelope> held;
    private boolean returning;
    private LoginEnd loginEnd;
    /** What the answer to the join had and may be pushed still: it was published at about the same time. */
    private final IdList answered = new IdList();

    Membership(ClientSession session, Instant opened) {
        this.session = session;
        this.unjoinedSince = opened;
    }

    ClientSession session() {
        return session;
    }

    /** Restarts the time that the session may stay open without a user. */
    synchronized void unjoinedSince(Instant instant) {
        unjoinedSince = instant;
    }

    /** Returns whether the session has had no user since an instant or longer. */
    synchronized boolean isUnjoinedSince(Instant instant) {
        return userId == null && !unjoinedSince.isAfter(instant);
    }

    /** Returns the user, if the session has one. */
    synchronized Optional<String> user() {
        return Optional.ofNullable(userId);
    }

    /**
     * Takes the session from its user.
     *
     * @return the user it belonged to
     */
    synchronized Optional<String> leave() {
        Optional<String> left = Optional.ofNullable(userId);
        userId = null;
        held = null;
        answered.clear();
        loginEnd = null;
        return left;
    }

    /**
     * Gives the session to a user. Pushes are held until {@link #complete}.
     *
     * @return the user it belonged to before
     */
    synchronized Optional<String> begin(String user) {
        Optional<String> before = Optional.ofNullable(userId);
        userId = user;
        loginEnd = null;
        answered.clear();
        held = new ArrayList<>();
        return before;
    }

    /**
     * Sets when the login ends, if the session still belongs to its user.
     *
     * @param end empty if it does not end by itself
     */
    synchronized void loginEnds(String user, Optional<Instant> end, Instant now) {
        if (user.equals(userId)) {
            loginEnd = end.map(instant -> new LoginEnd(instant, now)).orElse(null);
        }
    }

    /** Tells the client that its login ends soon, or closes the session because it has ended. */
    synchronized void checkLogin(Instant now) {
        if (loginEnd == null) {
            return;
        }
        if (loginEnd.isOver(now)) {
            session.close(CloseStatus.LOGIN_ENDED);
        } else if (held == null && loginEnd.isToBeTold(now)) {
            session.send(new Envelope.LoginEnding(loginEnd.end()));
        }
    }

    /** Notes whether the user's last session broke: then this one is probed once the join is complete. */
    synchronized void returning(boolean broken) {
        returning = broken;
    }

    /** Sends the answer to the join, then the held pushes that the answer does not contain. */
    synchronized void complete(Envelope.Joined joined, Envelope.Notifications unseen) {
        if (!joined.userId().equals(userId) || held == null) {
            return;
        }
        session.send(joined);
        session.send(unseen);
        if (held == null) {
            return; // a send failed or was refused, so the session was closed
        }
        addRecent(unseen);
        List<Envelope> later = held;
        held = null;
        UnseenCounts last = joined.unseen();
        boolean afterSeen = false; // a push after a Seen may correct it, so it is sent
        for (Envelope envelope : later) {
            afterSeen |= envelope instanceof Envelope.Seen;
            if (afterSeen || !repeats(envelope, unseen)) {
                sendUnlessAnswered(envelope);
            } else if (envelope.counts().isPresent() && !envelope.counts().get().equals(last)) {
                session.send(new Envelope.Counts(envelope.counts().get()));
            }
            last = envelope.counts().orElse(last);
        }
        if (returning) {
            session.channel().probe();
        }
    }

    /** @return false if the session no longer belongs to this user; then nothing was sent */
    synchronized boolean push(String user, Envelope envelope) {
        if (!user.equals(userId)) {
            return false;
        }
        if (held == null) {
            sendUnlessAnswered(envelope);
        } else if (held.size() < MAX_HELD) {
            held.add(envelope);
        } else {
            session.close(CloseStatus.OVERLOADED);
        }
        return true;
    }

    private void sendUnlessAnswered(Envelope envelope) {
        if (!answered.isEmpty()
                && envelope instanceof Envelope.Notifications push
                && push.answers().isEmpty()) {
            if (push.items().stream().allMatch(item -> answered.contains(item.id()))) {
                push.items().forEach(item -> answered.remove(item.id()));
                push.counts().map(Envelope.Counts::new).ifPresent(session::send);
                return;
            }
        }
        if (!answered.isEmpty() && envelope instanceof Envelope.Seen seen) {
            seen.upTo().ifPresent(answered::removeUpTo); // if one is unseen still, it is pushed on purpose
        }
        session.send(envelope);
    }

    private void addRecent(Envelope.Notifications unseen) {
        Optional<Instant> newest =
                unseen.items().stream().map(Notification::createdAt).max(Instant::compareTo);
        newest.map(time -> time.minus(MAX_LATE))
                .ifPresent(since -> unseen.items().stream()
                        .filter(item -> item.createdAt().isAfter(since))
                        .forEach(item -> answered.add(item.id())));
    }

    private static boolean repeats(Envelope envelope, Envelope.Notifications unseen) {
        return envelope instanceof Envelope.Notifications push && unseen.items().containsAll(push.items());
    }
}
