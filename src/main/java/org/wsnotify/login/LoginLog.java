package org.wsnotify.login;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;

/**
 * Logs each login with the address it came from, so that an operator sees attacks and their origin.
 *
 * <p>Never logs the login itself: people type their password there by mistake. An attack does not flood the log: each
 * kind of line has a maximum per minute, and the rest are counted. Safe for use by many threads.
 */
final class LoginLog {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_ACCEPTED = 600;
    private static final int MOST_REFUSED = 60;
    private static final int MOST_THROTTLED = 10;

    private final RareLog accepted;
    private final RareLog refused;
    private final RareLog throttled;

    LoginLog(Logger log, Clock clock) {
        this.accepted = new RareLog(log, Level.INFO, MOST_ACCEPTED, MINUTE, clock);
        this.refused = new RareLog(log, Level.INFO, MOST_REFUSED, MINUTE, clock);
        this.throttled = new RareLog(log, Level.WARNING, MOST_THROTTLED, MINUTE, clock);
    }

    /** Logs how a login ended. {@link LoginService} logs why logins are unavailable. */
    void ended(LoginResult result, String remoteAddress) {
        if (result instanceof LoginResult.Accepted) {
            accepted.tell("login accepted, from " + remoteAddress);
        } else if (result instanceof LoginResult.Rejected) {
            refused.tell("login refused, from " + remoteAddress);
        } else if (result instanceof LoginResult.Ended) {
            refused.tell("login refused because it has ended, from " + remoteAddress);
        } else if (result instanceof LoginResult.TooManyAttempts wait) {
            throttled.tell(
                    "login throttled after too many failures, from " + remoteAddress + ", for " + seconds(wait) + " s");
        }
    }

    private static long seconds(LoginResult.TooManyAttempts wait) {
        return Math.max(1, wait.retryAfter().toSeconds());
    }
}
