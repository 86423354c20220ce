package org.wsnotify.login;

import java.time.Duration;

/**
 * How failed attempts delay the next ones.
 *
 * <p>Nothing is ever locked: at the slowest, one attempt is checked after each last delay. An attacker who never stops
 * can take all of these attempts, and so keep the user out.
 *
 * @param maxFailures the failures in a window from which on the last delay applies
 * @param window how long a failure counts; it begins with the first one
 * @param freeFailures the failures that cause no delay, because people mistype
 * @param firstDelay the delay after the first failure beyond these; each further failure doubles it
 * @param maxDelay the longest delay that doubling leads to
 * @param lastDelay the delay once there are {@code maxFailures}
 */
public record FailureLimit(
        int maxFailures,
        Duration window,
        int freeFailures,
        Duration firstDelay,
        Duration maxDelay,
        Duration lastDelay) {
    private static final int MAX_DOUBLINGS = 30;

    public FailureLimit {
        if (maxFailures < 1
                || freeFailures < 0
                || window.isNegative()
                || window.isZero()
                || firstDelay.isNegative()
                || maxDelay.isNegative()
                || lastDelay.isNegative()) {
            throw new IllegalArgumentException("the limits of failures must be positive");
        }
    }

    /** Returns the same limit with another number of failures in a window. */
    public FailureLimit withMaxFailures(int failures) {
        return new FailureLimit(failures, window, Math.min(freeFailures, failures), firstDelay, maxDelay, lastDelay);
    }

    /** Returns how long the next attempt is delayed after so many failures. */
    Duration delayAfter(int failures) {
        if (failures >= maxFailures) {
            return lastDelay;
        }
        if (failures <= freeFailures) {
            return Duration.ZERO;
        }
        Duration delay = firstDelay.multipliedBy(1L << Math.min(failures - freeFailures - 1, MAX_DOUBLINGS));
        return delay.compareTo(maxDelay) < 0 ? delay : maxDelay;
    }
}
