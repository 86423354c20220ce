package org.wsnotify.login;

import java.time.Duration;

/**
 * How many failures are let through, and how they are slowed.
 *
 * @param most failures until nothing more is looked at before the window ends
 * @param window how long a failure counts, from the first one on
 * @param unslowed failures that are not slowed: people mistype
 * @param firstDelay how long nothing is looked at after the first slowed failure; it doubles with each further one
 * @param longestDelay what the delay grows to
 */
public record FailureLimit(int most, Duration window, int unslowed, Duration firstDelay, Duration longestDelay) {
    private static final int MOST_DOUBLINGS = 30;

    public FailureLimit {
        if (most < 1
                || unslowed < 0
                || window.isNegative()
                || window.isZero()
                || firstDelay.isNegative()
                || longestDelay.isNegative()) {
            throw new IllegalArgumentException("limits of failed logins must be positive");
        }
    }

    /** How long nothing is looked at after that many failures. */
    Duration delayAfter(int failures) {
        if (failures <= unslowed) {
            return Duration.ZERO;
        }
        Duration delay = firstDelay.multipliedBy(1L << Math.min(failures - unslowed - 1, MOST_DOUBLINGS));
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }
}
