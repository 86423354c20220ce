package org.wsnotify.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether a login is looked at, from the failures before it.
 *
 * <p>Three limits stop three attacks: many passwords for one login from one address, many logins from one address, and
 * one login from many addresses. The last one alone would let anybody lock a user out from elsewhere, and the second
 * one a whole office behind one address; therefore neither holds for an address from which that login succeeded before,
 * which has only its own pair to answer for, and waits for it no longer than a mistyping user would bear. Which
 * addresses these are is forgotten with the process; what holds for everybody else is therefore never more than a
 * delay. A success forgets the failures of its pair and no others, else an attacker could clear an address with an
 * account of their own.
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

    /** How long nothing of these subjects is looked at; zero when it is. */
    Duration waitFor(AttemptKeys subjects) {
        Instant now = clock.instant();
        if (trustedPairs.contains(subjects.pair())) {
            return pairs.waitFor(subjects.pair(), now, maxDelayOfTrusted);
        }
        return longest(
                pairs.waitFor(subjects.pair(), now),
                longest(addresses.waitFor(subjects.address(), now), logins.waitFor(subjects.login(), now)));
    }

    void failed(AttemptKeys subjects) {
        Instant now = clock.instant();
        pairs.failed(subjects.pair(), now);
        addresses.failed(subjects.address(), now);
        logins.failed(subjects.login(), now);
    }

    void succeeded(AttemptKeys subjects) {
        pairs.forget(subjects.pair());
        trustedPairs.add(subjects.pair());
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
