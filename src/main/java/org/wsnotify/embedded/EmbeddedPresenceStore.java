package org.wsnotify.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import org.wsnotify.presence.Place;
import org.wsnotify.presence.PresenceState;
import org.wsnotify.presence.PresenceStore;

/**
 * Who is online on the one server that has the embedded file open. Kept in memory: sessions end with their process.
 * Safe for use by many threads; never blocks.
 */
public final class EmbeddedPresenceStore implements PresenceStore {

    private static final Duration BROKEN_KEPT = Duration.ofSeconds(60);

    private final Clock clock;
    private final Map<String, Map<String, PresenceState>> users = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> swept;

    /** @param clock this server's clock, which is the store's here */
    public EmbeddedPresenceStore(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.swept = new AtomicReference<>(clock.instant());
    }

    @Override
    public void write(String node, Map<String, PresenceState> states) {
        sweep();
        states.forEach((user, state) -> users.compute(user, (id, places) -> changed(places, node, state)));
    }

    /** Removes users whose session broke a minute ago; once a minute. */
    private void sweep() {
        Instant oldest = clock.instant().minus(BROKEN_KEPT);
        Instant last = swept.get();
        if (last.isBefore(oldest) && swept.compareAndSet(last, clock.instant())) {
            remove((node, state) ->
                    state instanceof PresenceState.Broke broke && broke.at().isBefore(oldest));
        }
    }

    private void remove(BiPredicate<String, PresenceState> which) {
        users.keySet()
                .forEach(user -> users.computeIfPresent(user, (id, places) -> {
                    Map<String, PresenceState> left = new HashMap<>(places);
                    left.entrySet().removeIf(place -> which.test(place.getKey(), place.getValue()));
                    return left.isEmpty() ? null : Map.copyOf(left);
                }));
    }

    private static Map<String, PresenceState> changed(
            Map<String, PresenceState> places, String node, PresenceState state) {
        Map<String, PresenceState> changed = places == null ? new HashMap<>() : new HashMap<>(places);
        if (state instanceof PresenceState.Gone) {
            changed.remove(node);
        } else {
            changed.put(node, state);
        }
        return changed.isEmpty() ? null : Map.copyOf(changed);
    }

    @Override
    public Map<String, List<Place>> where(Collection<String> asked) {
        Map<String, List<Place>> places = new HashMap<>();
        for (String user : asked) {
            Map<String, PresenceState> states = users.get(user);
            if (states != null) {
                places.put(
                        user,
                        states.entrySet().stream()
                                .map(place -> new Place(place.getKey(), place.getValue()))
                                .toList());
            }
        }
        return places;
    }

    @Override
    public Set<String> nodes() {
        Set<String> nodes = new HashSet<>();
        users.values().forEach(places -> nodes.addAll(places.keySet()));
        return nodes;
    }

    @Override
    public void forget(String node) {
        remove((where, state) -> where.equals(node) && state instanceof PresenceState.Online);
    }
}
