package org.wsnotify.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When users gave a sign of life in a session that is gone, and when their last one broke. Remembers the latest of
 * them. Safe for use by many threads.
 */
final class RecentDisconnects {

    private static final int MOST_REMEMBERED = 10_000;

    private final Map<String, Departure> byUser = new LinkedHashMap<>();

    /** @param broke empty while the user has another session, or after a {@code leave} */
    private record Departure(Instant lastHeard, Optional<Instant> broke) {}

    /** A session of the user is gone. */
    synchronized void gone(String userId, Instant lastHeard, Optional<Instant> broke) {
        Departure before = byUser.remove(userId);
        boolean heardLaterBefore = before != null && before.lastHeard.isAfter(lastHeard);
        byUser.put(userId, new Departure(heardLaterBefore ? before.lastHeard : lastHeard, broke));
        if (byUser.size() > MOST_REMEMBERED) {
            byUser.remove(byUser.keySet().iterator().next());
        }
    }

    /**
     * The user has a session again.
     *
     * @return whether the last one broke
     */
    synchronized boolean back(String userId) {
        boolean broken = brokeAt(userId).isPresent();
        byUser.computeIfPresent(userId, (user, gone) -> new Departure(gone.lastHeard, Optional.empty()));
        return broken;
    }

    synchronized Optional<Instant> brokeAt(String userId) {
        return Optional.ofNullable(byUser.get(userId)).flatMap(Departure::broke);
    }

    synchronized boolean heardSince(String userId, Instant since) {
        Departure gone = byUser.get(userId);
        return gone != null && gone.lastHeard.isAfter(since);
    }
}
