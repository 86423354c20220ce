package org.wsnotify.login;

import java.time.Duration;

/**
 * How many logins are checked at once, and how long their callers wait.
 *
 * @param atOnce the most checks at the same time; one of a password takes a whole core, for up to half a second
 * @param waiting the most callers that wait for their check to begin
 * @param maxWait how long a caller waits for its check to begin; then logins are unavailable for it
 * @param maxCheck how long a caller waits for its check to end; then logins are unavailable for it
 */
public record CheckLimits(int atOnce, int waiting, Duration maxWait, Duration maxCheck) {

    /** What suits most installations. */
    public static final CheckLimits DEFAULTS = new CheckLimits(4, 500, Duration.ofSeconds(20), Duration.ofSeconds(10));

    public CheckLimits {
        if (atOnce < 1 || waiting < 0 || maxWait.isNegative() || maxCheck.isNegative() || maxCheck.isZero()) {
            throw new IllegalArgumentException("the limits of checks must be positive");
        }
    }

    /** Returns the same limits with another number of checks and another time for each. */
    public CheckLimits with(int checksAtOnce, Duration longestCheck) {
        return new CheckLimits(checksAtOnce, waiting, maxWait, longestCheck);
    }
}
