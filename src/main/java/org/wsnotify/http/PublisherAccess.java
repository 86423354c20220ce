package org.wsnotify.http;

import java.util.List;
import java.util.Optional;
import org.wsnotify.login.RareLog;
import org.wsnotify.session.RemoteClient;

/**
 * Who may call {@code /notify}: whoever has one of the configured keys, or, when none is configured, a caller on this very machine.
 *
 * <p>That somebody was kept out is logged, rarely. Safe for use by many threads.
 */
public final class PublisherAccess {

    private final List<ApiKey> keys;
    private final RareLog refusals;

    /** @param keys several for rotation */
    public PublisherAccess(List<ApiKey> keys, RareLog refusals) {
        this.keys = List.copyOf(keys);
        this.refusals = refusals;
    }

    /** Whether callers need a key. */
    boolean needsKey() {
        return !keys.isEmpty();
    }

    /**
     * Lets a caller in, or throws the problem that says why not.
     *
     * @param shown the key the caller showed, if any
     */
    void check(Optional<String> shown, RemoteClient caller) {
        if (keys.isEmpty() && !caller.local()) {
            throw refused(
                    ProblemCode.LOCAL_CALLERS_ONLY,
                    "No API key is configured, so only callers on the server itself may notify: directly, under a loopback "
                            + "name, and not from a page of another origin. Set notification.api-keys.");
        }
        if (!keys.isEmpty() && shown.isEmpty()) {
            throw refused(
                    ProblemCode.API_KEY_REQUIRED, "Show an API key as Authorization: Bearer, X-API-Key or apikey.");
        }
        if (!keys.isEmpty() && !isKnown(shown.get())) {
            throw refused(ProblemCode.API_KEY_UNKNOWN, "This API key is not known.");
        }
    }

    /** All keys are compared, whichever it is. */
    private boolean isKnown(String shown) {
        boolean known = false;
        for (ApiKey key : keys) {
            known |= key.is(shown);
        }
        return known;
    }

    private Problem refused(ProblemCode code, String detail) {
        refusals.tell("a publication was refused: " + code.text());
        return code.status() == 401 ? Problem.unauthorized(code, detail) : Problem.of(code, detail);
    }
}
