package org.wsnotify.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wsnotify.client.IpAddress;
import org.wsnotify.client.RemoteClient;
import org.wsnotify.login.FailedLogins;
import org.wsnotify.login.FailureLimit;
import org.wsnotify.login.RareLog;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Decides who may call {@code /notify}: callers with one of the configured keys, or local callers if no keys are
 * configured.
 *
 * <p>After several wrong keys an address must wait before its next wrong one is checked. A valid key is always
 * accepted, so nobody is locked out by a neighbour at the same address. Refusals are logged, rarely. Safe for use by
 * many threads.
 */
public final class PublisherAccess {

    /** Wrong keys of one address. The first five are free: a publisher may not have the rotated key yet. */
    private static final FailureLimit WRONG_KEYS = new FailureLimit(
            20, Duration.ofMinutes(5), 5, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30));

    private static final int MOST_ADDRESSES = 10_000;

    private final List<ApiKey> keys;
    private final RareLog refusals;
    private final Clock clock;
    private final FailedLogins wrongKeys = new FailedLogins(WRONG_KEYS, MOST_ADDRESSES);

    /** @param keys several for rotation */
    public PublisherAccess(List<ApiKey> keys, RareLog refusals, Clock clock) {
        this.keys = List.copyOf(keys);
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Whether callers need a key. */
    boolean needsKey() {
        return !keys.isEmpty();
    }

    /**
     * Admits a caller.
     *
     * @param shown the key the caller showed, if any
     * @return the key; empty for a local caller if no keys are configured
     * @throws ProblemException the caller may not publish; it says why
     */
    Optional<ApiKey> check(Optional<String> shown, RemoteClient caller) {
        if (keys.isEmpty() && !caller.local()) {
            throw new ProblemException(refused(
                    ProblemCode.LOCAL_CALLERS_ONLY,
                    "No API key is configured, so only callers on the server itself may publish: directly, under a "
                            + "loopback name, and not from a page of another origin. Set notification.api-keys."));
        }
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String key = shown.orElseThrow(() -> new ProblemException(keyRequired("Show an API key.")));
        Optional<ApiKey> known = known(key);
        if (known.isEmpty()) {
            throw new ProblemException(unknown(IpAddress.subscriberOf(caller.address())));
        }
        return known;
    }

    /** Returns the problem of a request without a key where one is needed. */
    Problem keyRequired(String why) {
        return refused(
                        ProblemCode.API_KEY_REQUIRED,
                        why
                                + " Send it as Authorization: Bearer, as X-API-Key, as apikey in the query, or as"
                                + " apikey in a form of at most 65536 bytes.")
                .withHeader("WWW-Authenticate", "Bearer realm=\"notify\"");
    }

    private Problem unknown(String address) {
        Instant now = clock.instant();
        Duration wait = wrongKeys.waitFor(address, now);
        if (wait.isZero()) {
            wrongKeys.failed(address, now);
            return refused(ProblemCode.API_KEY_UNKNOWN, ProblemCode.API_KEY_UNKNOWN.meaning());
        }
        ProblemCode code = ProblemCode.TOO_MANY_ATTEMPTS;
        return refused(code, code.meaning())
                .retryAfter(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    /** Compares all keys, so that the time does not reveal which one matches. */
    private Optional<ApiKey> known(String shown) {
        Optional<ApiKey> known = Optional.empty();
        for (ApiKey key : keys) {
            known = key.is(shown) ? Optional.of(key) : known;
        }
        return known;
    }

    private Problem refused(ProblemCode code, String detail) {
        refusals.tell("a request of a back end was refused: " + code.text());
        return Problem.of(code, detail);
    }
}
