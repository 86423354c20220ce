package org.wsnotify.login;

import java.time.Duration;

/**
 * How failures slow down what comes after them. Nothing is locked out for good: at the slowest, one attempt is checked
 * after each last delay. Whoever comes first takes that attempt, so an attacker who never stops can keep others out.
 *
 * @param most failures in a window until the last delay lies between two looks
 * @param window how long a failure counts, from the first one on
 * @param unslowed failures that are not slowed: people mistype
 * @param firstDelay how long nothing is looked at after the first slowed failure; it doubles with each further one
 * @param longestDelay what the delay grows to
 * @param lastDelay how long nothing is looked at from the failure on that is one too many, and after each that follows
 */
public record FailureLimit(
        int most, Duration window, int unslowed, Duration firstDelay, Duration longestDelay, Duration lastDelay) {
    private static final int MOST_DOUBLINGS = 30;

    public FailureLimit {
        if (most < 1
                || unslowed < 0
                || window.isNegative()
                || window.isZero()
                || firstDelay.isNegative()
                || longestDelay.isNegative()
                || lastDelay.isNegative()) {
            throw new IllegalArgumentException("limits of failed logins must be positive");
        }
    }

    /** How long nothing is looked at after that many failures. */
    Duration delayAfter(int failures) {
        if (failures >= most) {
            return lastDelay;
        }
        if (failures <= unslowed) {
            return Duration.ZERO;
        }
        Duration delay = firstDelay.multipliedBy(1L << Math.min(failures - unslowed - 1, MOST_DOUBLINGS));
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }
}
