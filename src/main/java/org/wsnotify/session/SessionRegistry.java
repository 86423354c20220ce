package org.wsnotify.session;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sessions open on this server, by recipient.
 *
 * <p>A recipient has one session for each open tab or device, over any mix of transports. The registry keeps no
 * notification: whoever is offline finds what was missed in the inbox. It also remembers for a while when somebody who
 * is gone was last heard from.
 *
 * <p>Safe for use by many threads. {@link #push} queues and returns at once; a session that cannot keep up is closed.
 */
@ApplicationScoped
public class SessionRegistry {

    private final Map<ClientSession, Membership> open = new ConcurrentHashMap<>();
    private final Map<String, Set<Membership>> byUser = new ConcurrentHashMap<>();
    private final RecentDisconnects disconnects = new RecentDisconnects();
    private volatile boolean refusing;
    private volatile UserListener listener = UserListener.NONE;

    /** Tells somebody from now on when users come and go. There is one listener. */
    public void listen(UserListener toUsers) {
        listener = toUsers;
    }

    /**
     * A session was opened; it belongs to nobody yet.
     *
     * @param when now
     * @return false when no session is taken in any more: the caller closes it
     */
    public boolean opened(ClientSession session, Instant when) {
        open.put(session, new Membership(session, when));
        if (refusing) {
            open.remove(session);
            return false;
        }
        return true;
    }

    /** Takes no session in any more. */
    public void refuse() {
        refusing = true;
    }

    /**
     * A session is gone.
     *
     * @param when now
     */
    public void closed(ClientSession session, Instant when) {
        Membership membership = open.remove(session);
        if (membership != null) {
            membership.leave().ifPresent(user -> remove(user, membership, Optional.of(when)));
        }
    }

    /** A session asks to join, which may take its time. */
    public void joining(ClientSession session, Instant when) {
        Membership membership = open.get(session);
        if (membership != null) {
            membership.unjoinedSince(when);
        }
    }

    /**
     * Begins to give a session what is pushed to a user. Nothing reaches the client before {@link #completeJoin}: what
     * is pushed meanwhile waits. What was pushed to an earlier user of the session never reaches it any more.
     *
     * @param most how many sessions the user may have
     * @return false when the user has so many already: then nothing has changed
     */
    public boolean beginJoin(ClientSession session, String userId, int most) {
        Membership membership = open.get(session);
        if (membership == null) {
            return true;
        }
        if (!add(userId, membership, most)) {
            return false;
        }
        Optional<String> before = membership.begin(userId);
        before.filter(user -> !user.equals(userId)).ifPresent(user -> remove(user, membership, Optional.empty()));
        membership.returning(disconnects.back(userId));
        if (!open.containsKey(session)) { // closed meanwhile, perhaps before there was anything to remove
            membership.leave();
            remove(userId, membership, Optional.empty());
        }
        return true;
    }

    private boolean add(String userId, Membership membership, int most) {
        AtomicBoolean added = new AtomicBoolean(true);
        byUser.compute(userId, (user, sessions) -> {
            Set<Membership> all = sessions == null ? arrived(user) : sessions;
            if (all.size() < most || all.contains(membership)) {
                all.add(membership);
            } else {
                added.set(false);
            }
            return all;
        });
        return added.get();
    }

    private Set<Membership> arrived(String userId) {
        listener.arrived(userId);
        return ConcurrentHashMap.newKeySet();
    }

    /**
     * Sends the answer to a join, and then what was pushed since {@link #beginJoin} and is not in it. Whoever comes
     * back after his connection broke may be waited for: behind that he is asked for a sign of life.
     */
    public void completeJoin(ClientSession session, Envelope.Joined joined, Envelope.Notifications unseen) {
        Membership membership = open.get(session);
        if (membership != null) {
            membership.complete(joined, unseen);
        }
    }

    /**
     * The session belongs to nobody any more; it stays open.
     *
     * @param when now
     */
    public void leave(ClientSession session, Instant when) {
        Membership membership = open.get(session);
        if (membership != null) {
            membership.unjoinedSince(when);
            membership.leave().ifPresent(user -> remove(user, membership, Optional.empty()));
        }
    }

    /** Whether the session is open here. */
    public boolean isOpen(ClientSession session) {
        return open.containsKey(session);
    }

    /** The user a session belongs to. */
    public Optional<String> userOf(ClientSession session) {
        Membership membership = open.get(session);
        return membership == null ? Optional.empty() : membership.user();
    }

    /** Whether the user has a session here. */
    public boolean isOnline(String userId) {
        return byUser.containsKey(userId);
    }

    /**
     * Queues an envelope to all sessions of a user.
     *
     * @return how many sessions it was queued to
     */
    public int push(String userId, Envelope envelope) {
        int count = 0;
        for (Membership membership : byUser.getOrDefault(userId, Set.of())) {
            if (membership.push(userId, envelope)) {
                count++;
            }
        }
        return count;
    }

    /** Asks all sessions of a user for a sign of life. */
    public void probe(String userId) {
        byUser.getOrDefault(userId, Set.of())
                .forEach(membership -> membership.session().channel().probe());
    }

    /** Whether a session of the user gave a sign of life after an instant, as far as is known. */
    public boolean heardSince(String userId, Instant since) {
        for (Membership membership : byUser.getOrDefault(userId, Set.of())) {
            if (membership.session().channel().lastHeard().isAfter(since)) {
                return true;
            }
        }
        return disconnects.heardSince(userId, since);
    }

    /**
     * When the user's last session broke; empty when he is online, left by a {@code leave}, or it is too long ago to be
     * known.
     */
    public Optional<Instant> brokeAt(String userId) {
        return disconnects.brokeAt(userId);
    }

    /** All open sessions, joined or not. */
    public Collection<ClientSession> sessions() {
        return List.copyOf(open.keySet());
    }

    /** The sessions that belong to nobody, and neither did nor asked to since an instant. */
    public List<ClientSession> unjoinedSince(Instant instant) {
        return open.values().stream()
                .filter(membership -> membership.isUnjoinedSince(instant))
                .map(Membership::session)
                .toList();
    }

    /** How many sessions are open. */
    public int size() {
        return open.size();
    }

    /** How many users have a session. */
    public int users() {
        return byUser.size();
    }

    private void remove(String userId, Membership membership, Optional<Instant> broken) {
        byUser.computeIfPresent(userId, (user, sessions) -> {
            boolean last = sessions.remove(membership) && sessions.isEmpty();
            disconnects.gone(user, membership.session().channel().lastHeard(), last ? broken : Optional.empty());
            if (!sessions.isEmpty()) {
                return sessions;
            }
            listener.left(user);
            return null;
        });
    }
}
