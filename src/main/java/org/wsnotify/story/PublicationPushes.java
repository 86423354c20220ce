package org.wsnotify.story;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The pushes of a publication on one server at about the same time. A publication may have ten thousand recipients, so
 * that one record for each would cost more than storing them. Names no user. Immutable.
 *
 * @param publication the id of its first notification
 * @param node the id of the server
 * @param at when the first of them was pushed, in store time and whole milliseconds
 * @param groups which notifications were handed to how many sessions
 */
public record PublicationPushes(String publication, String node, Instant at, List<Group> groups) {

    /**
     * Notifications that were handed to the same number of sessions.
     *
     * @param places how far their ids are behind the first, ascending
     */
    public record Group(int sessions, List<Integer> places) {
        public Group {
            places = List.copyOf(places);
        }
    }

    public PublicationPushes {
        Objects.requireNonNull(publication, "publication");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(at, "at");
        groups = List.copyOf(groups);
    }

    /** Returns the push of one notification; empty if it is not among them. */
    public Optional<Push> of(int place) {
        return groups.stream()
                .filter(group -> group.places().contains(place))
                .findFirst()
                .map(group -> new Push(node, group.sessions(), at));
    }
}
