package org.wsnotify.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where users were on other nodes at one moment. Immutable.
 *
 * <p>A user counts as online only on a node whose lease holds. Told are also nodes whose lease has ended: they may come
 * back with their sessions.
 */
public final class Whereabouts {

    /** Nobody is on another node. */
    public static final Whereabouts NOWHERE = new Whereabouts(Map.of(), Set.of(), Set.of());

    private final Map<String, List<Place>> places;
    private final Set<String> live;
    private final Set<String> registered;

    private Whereabouts(Map<String, List<Place>> places, Set<String> live, Set<String> registered) {
        this.places = places;
        this.live = live;
        this.registered = registered;
    }

    static Whereabouts of(Map<String, List<Place>> places, String self, Collection<Node> others) {
        Set<String> live = new HashSet<>();
        Set<String> registered = new HashSet<>();
        for (Node node : others) {
            registered.add(node.id());
            if (node.live()) {
                live.add(node.id());
            }
        }
        registered.remove(self);
        live.remove(self);
        return new Whereabouts(places, live, registered);
    }

    /** Returns whether a user has a session on another node that lives. */
    public boolean isOnline(String userId) {
        return !places.isEmpty() && since(userId).isPresent();
    }

    /** Returns since when a user has had sessions on another node that lives; the latest of several times. */
    public Optional<Instant> since(String userId) {
        return of(userId)
                .filter(place -> live.contains(place.node()))
                .flatMap(place -> place.state() instanceof PresenceState.Online online
                        ? Stream.of(online.since())
                        : Stream.empty())
                .max(Instant::compareTo);
    }

    /** Returns when the last session of a user on another node broke; empty if that is too long ago. */
    public Optional<Instant> brokeAt(String userId) {
        return of(userId)
                .flatMap(place ->
                        place.state() instanceof PresenceState.Broke broke ? Stream.of(broke.at()) : Stream.empty())
                .max(Instant::compareTo);
    }

    /** Returns the other nodes that must be told what concerns a user. */
    public List<String> nodes(String userId) {
        if (places.isEmpty()) { // with one server nobody is elsewhere, and this is asked for each recipient
            return List.of();
        }
        return of(userId)
                .filter(place -> place.state() instanceof PresenceState.Online)
                .map(Place::node)
                .filter(registered::contains)
                .toList();
    }

    private Stream<Place> of(String userId) {
        return places.getOrDefault(userId, List.of()).stream();
    }
}
