package org.wsnotify.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The sessions of each user on this server. Remembers for a while when users disconnected.
 *
 * <p>Safe for use by many threads; no method blocks.
 */
final class UserSessions {

    /** The lists are immutable: a push goes through one while the next is made. */
    private final Map<String, List<Membership>> byUser = new ConcurrentHashMap<>();

    private final RecentDisconnects disconnects = new RecentDisconnects();
    private final List<UserListener> listeners = new CopyOnWriteArrayList<>();

    /** Adds a listener that is told from now on when users arrive and leave. */
    void listen(UserListener toUsers) {
        listeners.add(toUsers);
    }

    /** @return false if the user has that many other sessions; then nothing has changed */
    boolean add(String userId, Membership membership, int maxSessions) {
        return byUser.compute(userId, (user, sessions) -> {
                    List<Membership> all = sessions == null ? arrived(user) : sessions;
                    return all.contains(membership) || all.size() >= maxSessions ? all : with(all, membership);
                })
                .contains(membership);
    }

    private List<Membership> arrived(String userId) {
        listeners.forEach(listener -> listener.arrived(userId));
        return List.of();
    }

    private static List<Membership> with(List<Membership> sessions, Membership one) {
        return sessions.isEmpty()
                ? List.of(one)
                : Stream.concat(sessions.stream(), Stream.of(one)).toList();
    }

    private static List<Membership> without(List<Membership> sessions, Membership one) {
        return sessions.stream().filter(session -> session != one).toList();
    }

    /**
     * Takes a session from a user.
     *
     * @param broken when its connection broke; empty if it did not
     */
    void remove(String userId, Membership membership, Optional<Instant> broken) {
        byUser.computeIfPresent(userId, (user, sessions) -> {
            List<Membership> left = without(sessions, membership);
            disconnects.gone(
                    user, membership.session().channel().lastHeard(), left.isEmpty() ? broken : Optional.empty());
            if (!left.isEmpty()) {
                return left;
            }
            listeners.forEach(listener -> listener.left(user, broken));
            return null;
        });
    }

    /** Notes that a user has a session again, and returns whether the last one broke. */
    boolean hasReturned(String userId) {
        return disconnects.hasReturned(userId);
    }

    boolean isOnline(String userId) {
        return byUser.containsKey(userId);
    }

    /** @return how many sessions the envelope was queued to */
    int push(String userId, Envelope envelope) {
        int count = 0;
        for (Membership membership : of(userId)) {
            if (membership.push(userId, envelope)) {
                count++;
            }
        }
        return count;
    }

    List<ClientSession> sessions(String userId) {
        return of(userId).stream().map(Membership::session).toList();
    }

    void probe(String userId) {
        of(userId).forEach(membership -> membership.session().channel().probe());
    }

    boolean heardSince(String userId, Instant since) {
        for (Membership membership : of(userId)) {
            if (membership.session().channel().lastHeard().isAfter(since)) {
                return true;
            }
        }
        return disconnects.heardSince(userId, since);
    }

    Optional<Instant> brokeAt(String userId) {
        return disconnects.brokeAt(userId);
    }

    int size() {
        return byUser.size();
    }

    private List<Membership> of(String userId) {
        return byUser.getOrDefault(userId, List.of());
    }
}
