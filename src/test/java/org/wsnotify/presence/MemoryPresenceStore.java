package org.wsnotify.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is online, in memory, shared by the servers of a test. Other calls may interleave, as with a real store. Users
 * whose session broke stay for ever. Safe for use by many threads.
 */
public final class MemoryPresenceStore implements PresenceStore {

    private final Runnable meanwhile;
    private final Map<String, Map<String, PresenceState>> nodes = new TreeMap<>();

    public MemoryPresenceStore() {
        this(() -> {});
    }

    /**
     * @param meanwhile called before and after each access, without a lock; may throw what the store would throw there
     */
    public MemoryPresenceStore(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    @Override
    public void write(String node, Map<String, PresenceState> states) {
        Map.copyOf(states).forEach((user, state) -> {
            meanwhile.run();
            write(node, user, state);
        });
        meanwhile.run();
    }

    private synchronized void write(String node, String user, PresenceState state) {
        Map<String, PresenceState> users = nodes.computeIfAbsent(node, any -> new TreeMap<>());
        if (state instanceof PresenceState.Gone) {
            users.remove(user);
        } else {
            users.put(user, state);
        }
    }

    @Override
    public Map<String, List<Place>> where(Collection<String> users) {
        meanwhile.run();
        Map<String, List<Place>> places = new HashMap<>();
        synchronized (this) {
            nodes.forEach((node, states) -> Set.copyOf(users).forEach(user -> {
                PresenceState state = states.get(user);
                if (state != null) {
                    places.computeIfAbsent(user, any -> new ArrayList<>()).add(new Place(node, state));
                }
            }));
        }
        meanwhile.run();
        return places;
    }

    @Override
    public Set<String> nodes() {
        meanwhile.run();
        Set<String> found;
        synchronized (this) {
            nodes.values().removeIf(Map::isEmpty);
            found = new TreeSet<>(nodes.keySet());
        }
        meanwhile.run();
        return found;
    }

    @Override
    public void forget(String node) {
        meanwhile.run();
        synchronized (this) {
            nodes.getOrDefault(node, new TreeMap<>()).values().removeIf(PresenceState.Online.class::isInstance);
        }
        meanwhile.run();
    }
}
