package org.wsnotify.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.wsnotify.notification.InboxChange;

/**
 * What one user marked seen or deleted a moment ago. A publication that the user has seen before it was pushed must not
 * be pushed any more.
 *
 * <p>Remembers some ids, and since when nothing was forgotten. Not safe for use by several threads.
 */
final class RecentChanges {

    private static final int REMEMBERED = 64;

    private final Clock clock;
    private Set<String> ids = Set.of();
    private Instant since;

    RecentChanges(Clock clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /** Takes a change that the store has. */
    void add(InboxChange change) {
        if (change instanceof InboxChange.MarkedSeen seen) {
            add(seen.ids());
        } else if (change instanceof InboxChange.Removed removed) {
            add(removed.ids());
        } else {
            since = clock.instant();
        }
    }

    private void add(List<String> changed) {
        if (ids.isEmpty()) {
            ids = new HashSet<>();
        }
        ids.addAll(changed);
        if (ids.size() > REMEMBERED) {
            ids = Set.of();
            since = clock.instant();
        }
    }

    /** Returns whether a notification is known to be seen or deleted. */
    boolean include(String id) {
        return ids.contains(id);
    }

    /** Returns whether a publication that was stored after an instant may have been changed without being remembered. */
    boolean mayBeUnknownFor(Instant stored) {
        if (!stored.isBefore(since)) {
            return false;
        }
        Instant now = clock.instant();
        if (now.isBefore(since)) {
            since = now; // the clock was set back: otherwise this would hold until it is where it was
        }
        return true;
    }
}
