package org.wsnotify.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When users were last heard from in sessions that have ended, and when their last session broke.
 *
 * <p>Remembers the latest 10,000 users. Safe for use by many threads.
 */
final class RecentDisconnects {

    private static final int MAX_REMEMBERED = 10_000;

    private final Map<String, Disconnect> byUser = new LinkedHashMap<>();

    /** @param broke empty if the user has another session, or has sent a {@code leave} */
    private record Disconnect(Instant lastHeard, Optional<Instant> broke) {}

    /** Notes that a session of a user has ended. */
    synchronized void gone(String userId, Instant lastHeard, Optional<Instant> broke) {
        Disconnect before = byUser.remove(userId);
        boolean heardLaterBefore = before != null && before.lastHeard.isAfter(lastHeard);
        byUser.put(userId, new Disconnect(heardLaterBefore ? before.lastHeard : lastHeard, broke));
        if (byUser.size() > MAX_REMEMBERED) {
            byUser.remove(byUser.keySet().iterator().next());
        }
    }

    /**
     * Notes that a user has a session again.
     *
     * @return whether the last one broke
     */
    synchronized boolean hasReturned(String userId) {
        boolean broken = brokeAt(userId).isPresent();
        byUser.computeIfPresent(userId, (user, last) -> new Disconnect(last.lastHeard, Optional.empty()));
        return broken;
    }

    synchronized Optional<Instant> brokeAt(String userId) {
        return Optional.ofNullable(byUser.get(userId)).flatMap(Disconnect::broke);
    }

    synchronized boolean heardSince(String userId, Instant since) {
        Disconnect last = byUser.get(userId);
        return last != null && last.lastHeard.isAfter(since);
    }
}
