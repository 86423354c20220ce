package org.wsnotify.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.wsnotify.channel.CloseStatus;

/**
 * The sessions open on this server, by recipient.
 *
 * <p>A recipient has one session for each open tab or device, over any mix of transports. The registry keeps no
 * notifications: an offline recipient finds them in the inbox. For a while it remembers when a user who has left was
 * last heard from.
 *
 * <p>Safe for use by many threads. {@link #push} queues and returns at once; a session that cannot keep up is closed.
 */
@ApplicationScoped
public class SessionRegistry {

    private final Map<ClientSession, Membership> open = new ConcurrentHashMap<>();
    private final UserSessions users = new UserSessions();
    private volatile boolean refusing;

    /** Adds a listener that is told from now on when users arrive and leave. */
    public void listen(UserListener listener) {
        users.listen(listener);
    }

    /**
     * Adds a session that was opened. It has no user yet.
     *
     * @param when now
     * @return false if the registry refuses sessions; then the caller closes it
     */
    public boolean opened(ClientSession session, Instant when) {
        open.put(session, new Membership(session, when));
        if (refusing) {
            open.remove(session);
            return false;
        }
        return true;
    }

    /** Refuses sessions from now on. */
    public void refuse() {
        refusing = true;
    }

    /**
     * Removes a session that has ended.
     *
     * @param when now
     */
    public void closed(ClientSession session, Instant when) {
        Membership membership = open.remove(session);
        if (membership != null) {
            membership.leave().ifPresent(user -> users.remove(user, membership, Optional.of(when)));
        }
    }

    /** Restarts the time that a session may stay open without a user: its client asks to join, which may take long. */
    public void joining(ClientSession session, Instant when) {
        Membership membership = open.get(session);
        if (membership != null) {
            membership.unjoinedSince(when);
        }
    }

    /**
     * Begins to join a session to a user. Pushes to the user wait until {@link #completeJoin}. Pushes to an earlier
     * user of the session do not reach it any more.
     *
     * @param maxSessions how many sessions the user may have
     * @return false if the user has too many sessions; then nothing has changed
     */
    public boolean beginJoin(ClientSession session, String userId, int maxSessions) {
        Membership membership = open.get(session);
        if (membership == null) {
            return true;
        }
        if (!users.add(userId, membership, maxSessions)) {
            return false;
        }
        Optional<String> before = membership.begin(userId);
        before.filter(user -> !user.equals(userId)).ifPresent(user -> users.remove(user, membership, Optional.empty()));
        membership.returning(users.hasReturned(userId));
        if (!open.containsKey(session)) { // closed during the join, perhaps before the user was added
            membership.leave();
            users.remove(userId, membership, Optional.empty());
        }
        return true;
    }

    /**
     * Sets when the login of a session ends. Its client is told before, and the session is closed then.
     *
     * @param end empty if it does not end by itself
     * @param now now
     */
    public void loginEnds(ClientSession session, String userId, Optional<Instant> end, Instant now) {
        Membership membership = open.get(session);
        if (membership != null) {
            membership.loginEnds(userId, end, now);
        }
    }

    /** Tells clients whose login ends soon, and closes sessions whose login has ended. */
    public void checkLogins(Instant now) {
        open.values().forEach(membership -> membership.checkLogin(now));
    }

    /**
     * Ends all sessions of a user, whose clients may come back with a new login.
     *
     * @return how many there were
     */
    public int end(String userId) {
        List<ClientSession> all = List.copyOf(users.sessions(userId));
        all.forEach(session -> session.close(CloseStatus.LOGIN_ENDED));
        return all.size();
    }

    /**
     * Sends the answer to a join, then the pushes since {@link #beginJoin} that the answer does not contain. If the
     * user's last session broke, mail may be held for a sign of life, so the session is probed at the end.
     */
    public void completeJoin(ClientSession session, Envelope.Joined joined, Envelope.Notifications unseen) {
        Membership membership = open.get(session);
        if (membership != null) {
            membership.complete(joined, unseen);
        }
    }

    /**
     * Takes a session from its user. It stays open.
     *
     * @param when now
     */
    public void leave(ClientSession session, Instant when) {
        Membership membership = open.get(session);
        if (membership != null) {
            membership.unjoinedSince(when);
            membership.leave().ifPresent(user -> users.remove(user, membership, Optional.empty()));
        }
    }

    /** Returns whether a session is open here. */
    public boolean isOpen(ClientSession session) {
        return open.containsKey(session);
    }

    /** Returns the user of a session, if it has one. */
    public Optional<String> userOf(ClientSession session) {
        Membership membership = open.get(session);
        return membership == null ? Optional.empty() : membership.user();
    }

    /** Returns whether a user has a session here. */
    public boolean isOnline(String userId) {
        return users.isOnline(userId);
    }

    /**
     * Queues an envelope to all sessions of a user.
     *
     * @return how many sessions it was queued to
     */
    public int push(String userId, Envelope envelope) {
        return users.push(userId, envelope);
    }

    /** Probes all sessions of a user for a sign of life. */
    public void probe(String userId) {
        users.probe(userId);
    }

    /** Returns whether a session of the user gave a sign of life after an instant, as far as is known. */
    public boolean heardSince(String userId, Instant since) {
        return users.heardSince(userId, since);
    }

    /**
     * Returns when the user's last session broke. Empty if the user is online or has sent a {@code leave}, or if it is
     * too long ago to be known.
     */
    public Optional<Instant> brokeAt(String userId) {
        return users.brokeAt(userId);
    }

    /** Returns all open sessions, joined or not. */
    public Collection<ClientSession> sessions() {
        return List.copyOf(open.keySet());
    }

    /** Returns the sessions without a user whose clients have not asked to join since an instant. */
    public List<ClientSession> unjoinedSince(Instant instant) {
        return open.values().stream()
                .filter(membership -> membership.isUnjoinedSince(instant))
                .map(Membership::session)
                .toList();
    }

    /** Returns how many sessions are open. */
    public int size() {
        return open.size();
    }

    /** Returns how many users have a session. */
    public int users() {
        return users.size();
    }
}
