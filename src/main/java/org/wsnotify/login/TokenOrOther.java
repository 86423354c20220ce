package org.wsnotify.login;

import java.util.Optional;

/**
 * Has tokens checked by one authenticator, and everything else by another. Immutable.
 *
 * <p>An installer's own login never sees a token: wrong ones are not counted, so those that can be guessed would be.
 */
public record TokenOrOther(Authenticator tokens, Authenticator other) implements Authenticator {

    @Override
    public Optional<AuthenticatedUser> authenticate(Credentials credentials) {
        return (credentials instanceof TokenCredentials ? tokens : other).authenticate(credentials);
    }

    @Override
    public String description() {
        return tokens.description().isEmpty()
                ? other.description()
                : tokens.description() + " and " + other.description();
    }
}
