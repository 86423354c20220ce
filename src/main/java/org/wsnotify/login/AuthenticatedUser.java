package org.wsnotify.login;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The user that an {@link Authenticator} recognized.
 *
 * @param id the id by which publishers name the user, never blank
 * @param end when the login ends, for example because its token expires; empty if it does not end by itself
 */
public record AuthenticatedUser(String id, Optional<Instant> end) {

    public AuthenticatedUser {
        Objects.requireNonNull(end, "end");
        if (id.isBlank()) {
            throw new IllegalArgumentException("a user id must not be blank");
        }
    }

    /** Returns a user whose login does not end by itself. */
    public static AuthenticatedUser of(String id) {
        return new AuthenticatedUser(id, Optional.empty());
    }

    /** Returns a user whose login ends at the given time. */
    public static AuthenticatedUser until(String id, Instant end) {
        return new AuthenticatedUser(id, Optional.of(end));
    }

    /** Returns whether the login has ended at the given time. */
    boolean hasEnded(Instant now) {
        return end.filter(instant -> !instant.isAfter(now)).isPresent();
    }
}
