package org.wsnotify.login;

import java.time.Duration;

/** How a login ended. */
public sealed interface LoginResult {

    /** The login succeeded. */
    record Accepted(AuthenticatedUser user) implements LoginResult {}

    /** The credentials were right once, but the login that they give has ended. */
    record Ended() implements LoginResult {}

    /** The credentials are wrong. The client is not told whether the login or the password is. */
    record Rejected() implements LoginResult {}

    /**
     * Too many logins failed before, so this one was not checked.
     *
     * @param retryAfter how long until a login is checked again, more than zero
     */
    record TooManyAttempts(Duration retryAfter) implements LoginResult {}

    /** Logins cannot be checked now; the log says why. */
    record Unavailable() implements LoginResult {}
}
