package org.wsnotify.login;

import java.util.Optional;

/**
 * Checks who a client is. Installers may replace the implementation with their own class (docs/login.md).
 *
 * <p>An implementation is safe for use by many threads. It is called on a thread that may block. {@link LoginService}
 * bounds how many calls run at once, slows down failed attempts and limits them.
 */
public interface Authenticator {

    /**
     * Checks the credentials of a client.
     *
     * @param credentials of any kind; an implementation refuses the kinds that it does not know
     * @return the user, or empty if the login is unknown or the password is wrong. The caller must not be able to tell
     *     which of the two, not even by the time the answer takes. A user whose login has already ended is refused
     * @throws LoginUnavailableException logins cannot be checked now, for example because the users' database is down
     */
    Optional<AuthenticatedUser> authenticate(Credentials credentials);

    /** Returns where the users come from, for the log and without secrets. */
    default String description() {
        return getClass().getName();
    }
}
