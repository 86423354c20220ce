package org.wsnotify.login;

import java.util.Optional;

/**
 * Says who somebody is: the one thing an installer may replace with code of his own.
 *
 * <p>An implementation is safe for use by many threads. It is called off the server's event threads and may block; how
 * many calls run at once is bounded by the caller, who also slows down and limits failed attempts.
 */
public interface Authenticator {

    /**
     * Checks a login.
     *
     * @return the id of the user, or empty when the login is unknown or the password is wrong; which of the two must
     *     not be told, nor be measurable
     * @throws LoginUnavailableException nobody can be checked now, for example because the users' database is down
     */
    Optional<String> authenticate(Credentials credentials);

    /** Where the users come from, for the log; without any secret. */
    default String description() {
        return getClass().getName();
    }
}
