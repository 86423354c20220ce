package org.wsnotify.inbox;

import java.util.LinkedHashSet;
import java.util.Set;

/** The latest ids of something. Not safe for use by several threads. */
final class RecentIds {

    private final int most;
    private final Set<String> ids = new LinkedHashSet<>();

    /** @param most how many are remembered */
    RecentIds(int most) {
        this.most = most;
    }

    /** Adds an id. */
    void add(String id) {
        ids.add(id);
        if (ids.size() > most) {
            ids.remove(ids.iterator().next());
        }
    }

    /** Forgets an id and all smaller ones. */
    void removeUpTo(String greatest) {
        ids.removeIf(id -> id.compareTo(greatest) <= 0);
    }

    /** Returns whether an id is among the latest. */
    boolean contains(String id) {
        return ids.contains(id);
    }
}
