package org.wsnotify.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Decides from earlier failures whether a login is checked.
 *
 * <p>Three limits stop three attacks: many passwords for one login from one address, many logins from one address, and
 * one login from many addresses. By the last limit anybody could lock a user out from elsewhere; by the second, one
 * attacker could lock out an office behind the same address. So neither applies to an address from which the login
 * succeeded before. There only the first limit applies, with a shorter delay. These addresses are forgotten when the
 * process ends, so no limit is ever more than a delay. A success clears the failures of its login and address only:
 * otherwise attackers could clear an address with an account of their own.
 *
 * <p>Safe for use by many threads; never blocks for longer than a map access.
 */
final class LoginGuard {
    private final FailedLogins pairs;
    private final FailedLogins addresses;
    private final FailedLogins logins;
    private final Set<String> trustedPairs;
    private final Duration maxDelayOfTrusted;
    private final Clock clock;

    LoginGuard(LoginLimits limits, Clock clock) {
        this.pairs = new FailedLogins(limits.perPair(), limits.maxTracked());
        this.addresses = new FailedLogins(limits.perAddress(), limits.maxTracked());
        this.logins = new FailedLogins(limits.perLogin(), limits.maxTracked());
        Map<String, Boolean> recent = new FailedLogins.RecentlyUsed<>(limits.maxTracked());
        this.trustedPairs = Collections.synchronizedSet(Collections.newSetFromMap(recent));
        this.maxDelayOfTrusted = limits.maxDelayOfTrusted();
        this.clock = clock;
    }

    /** Returns an attempt with these keys. */
    Attempt attempt(AttemptKeys keys) {
        return new Attempt() {
            @Override
            public Duration waiting() {
                return waitFor(keys);
            }

            @Override
            public void succeeded() {
                LoginGuard.this.succeeded(keys);
            }

            @Override
            public void failed() {
                LoginGuard.this.failed(keys);
            }
        };
    }

    /** Returns how long an attempt with these keys is refused unchecked; zero if it is checked. */
    Duration waitFor(AttemptKeys keys) {
        Instant now = clock.instant();
        if (trustedPairs.contains(keys.pair())) {
            return pairs.waitFor(keys.pair(), now, maxDelayOfTrusted);
        }
        return longest(
                pairs.waitFor(keys.pair(), now),
                longest(addresses.waitFor(keys.address(), now), logins.waitFor(keys.login(), now)));
    }

    void failed(AttemptKeys keys) {
        Instant now = clock.instant();
        pairs.failed(keys.pair(), now);
        addresses.failed(keys.address(), now);
        logins.failed(keys.login(), now);
    }

    void succeeded(AttemptKeys keys) {
        pairs.forget(keys.pair());
        trustedPairs.add(keys.pair());
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
