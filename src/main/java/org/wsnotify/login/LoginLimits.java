package org.wsnotify.login;

import java.time.Duration;

/**
 * How many logins may fail, and how many are checked at once.
 *
 * @param perPair failures of one login from one address
 * @param perAddress failures of any login from one address
 * @param perLogin failures of one login from any address
 * @param maxDelayOfTrusted the longest delay of a login from an address where it succeeded before
 * @param maxTracked the most pairs, addresses and logins remembered, of each kind; the least recently used are
 *     forgotten
 */
public record LoginLimits(
        CheckLimits checks,
        FailureLimit perPair,
        FailureLimit perAddress,
        FailureLimit perLogin,
        Duration maxDelayOfTrusted,
        int maxTracked) {

    /** What suits most installations. */
    public static final LoginLimits DEFAULTS = new LoginLimits(
            CheckLimits.DEFAULTS,
            new FailureLimit(
                    10,
                    Duration.ofMinutes(5),
                    3,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30)),
            new FailureLimit(
                    100,
                    Duration.ofMinutes(5),
                    20,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(10)),
            new FailureLimit(
                    20,
                    Duration.ofMinutes(1),
                    5,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(10)),
            Duration.ofSeconds(10),
            20_000);

    public LoginLimits {
        if (maxTracked < 1 || maxDelayOfTrusted.isNegative()) {
            throw new IllegalArgumentException("the limits of logins must be positive");
        }
    }

    /** Returns the same limits with others for the checks. */
    public LoginLimits withChecks(CheckLimits limits) {
        return new LoginLimits(limits, perPair, perAddress, perLogin, maxDelayOfTrusted, maxTracked);
    }

    /** Returns the same limits with other numbers of failures in a window. */
    public LoginLimits withFailures(int ofPair, int ofAddress) {
        return new LoginLimits(
                checks,
                perPair.withMaxFailures(ofPair),
                perAddress.withMaxFailures(ofAddress),
                perLogin,
                maxDelayOfTrusted,
                maxTracked);
    }
}
