package org.wsnotify.login;

import java.time.Duration;

/** How a login ended. */
public sealed interface LoginResult {

    /**
     * It is this user.
     *
     * @param userId never blank
     */
    record Accepted(String userId) implements LoginResult {}

    /** Nobody has this login, or the password is another; which of the two is not told. */
    record Rejected() implements LoginResult {}

    /**
     * Too many logins failed before this one, which was therefore not looked at.
     *
     * @param retryAfter when a login will be looked at again, longer than nothing
     */
    record TooManyAttempts(Duration retryAfter) implements LoginResult {}

    /** Nobody can be checked now: the log says why. */
    record Unavailable() implements LoginResult {}
}
