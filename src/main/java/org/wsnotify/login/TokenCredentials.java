package org.wsnotify.login;

import java.util.Objects;

/**
 * A token that names its user, such as a JSON Web Token.
 *
 * @param token as the client sent it, at most {@value #MAX_CHARACTERS} characters
 */
public record TokenCredentials(String token) implements Credentials {

    /** The longest token that is checked. */
    public static final int MAX_CHARACTERS = 8192;

    public TokenCredentials {
        Objects.requireNonNull(token, "token");
    }

    /** A token names nobody before it is checked, so each one counts for itself. */
    @Override
    public String subject() {
        return "token " + Integer.toHexString(token.hashCode());
    }

    @Override
    public boolean isWellFormed() {
        return !token.isBlank() && token.length() <= MAX_CHARACTERS;
    }

    /** A signature cannot be guessed, and an office whose tokens expired at the same time must not be locked out. */
    @Override
    public boolean isGuessable() {
        return false;
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "TokenCredentials[...]";
    }
}
