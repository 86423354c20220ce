package org.wsnotify.login;

import java.time.Duration;

/**
 * How many logins are checked at once, and how many may fail.
 *
 * @param checksAtOnce how many passwords are checked at the same time; a check costs a whole core, for up to half a
 *     second
 * @param checksWaiting how many callers may wait for their check
 * @param longestWait how long a caller waits for a check before it is told that logins are unavailable
 * @param longestCheck how long a caller waits for the end of its check before it is told the same
 * @param perPair failures of one login from one address
 * @param perAddress failures from one address, whatever the login
 * @param perLogin failures of one login, from wherever; not applied to an address from which that login succeeded
 *     before
 * @param longestWaitOfProven how long a login waits at most after a failure from an address from which it succeeded
 *     before
 * @param mostTracked how many pairs, addresses and logins are remembered, of each kind; the least recently used are
 *     forgotten
 */
public record LoginLimits(
        int checksAtOnce,
        int checksWaiting,
        Duration longestWait,
        Duration longestCheck,
        FailureLimit perPair,
        FailureLimit perAddress,
        FailureLimit perLogin,
        Duration longestWaitOfProven,
        int mostTracked) {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    public LoginLimits {
        if (checksAtOnce < 1
                || checksWaiting < 0
                || mostTracked < 1
                || longestWait.isNegative()
                || longestWaitOfProven.isNegative()
                || longestCheck.isNegative()
                || longestCheck.isZero()) {
            throw new IllegalArgumentException("login limits must be positive");
        }
    }

    /**
     * What is right for most: two checks for each core, ten failures of a login from an address in five minutes until
     * it is looked at twice a minute.
     */
    public static LoginLimits defaults() {
        return new LoginLimits(
                2 * Runtime.getRuntime().availableProcessors(),
                500,
                Duration.ofSeconds(20),
                TEN_SECONDS,
                new FailureLimit(10, Duration.ofMinutes(5), 3, Duration.ofSeconds(1), HALF_A_MINUTE, HALF_A_MINUTE),
                new FailureLimit(
                        100, Duration.ofMinutes(5), 20, Duration.ofMillis(200), Duration.ofSeconds(3), TEN_SECONDS),
                new FailureLimit(
                        20, Duration.ofMinutes(1), 5, Duration.ofMillis(200), Duration.ofSeconds(3), TEN_SECONDS),
                TEN_SECONDS,
                20_000);
    }
}
