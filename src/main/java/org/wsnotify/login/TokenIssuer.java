package org.wsnotify.login;

import java.time.Duration;
import java.time.Instant;

/** Makes tokens that the server accepts, for back ends. Safe for use by many threads. */
public interface TokenIssuer {

    /** How far ahead a token may expire. */
    Duration LONGEST = Duration.ofHours(24);

    /**
     * A token that was made.
     *
     * @param token for one user
     * @param expiresAt when it expires
     */
    record Issued(String token, Instant expiresAt) {
        /** Returns a text without the token. */
        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    /** Returns whether there is a secret to sign with. */
    boolean canIssue();

    /**
     * Makes a token.
     *
     * @param lifetime at most {@link #LONGEST}
     * @throws IllegalStateException there is no secret to sign with
     */
    Issued issue(String userId, Duration lifetime);
}
