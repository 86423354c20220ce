package org.wsnotify.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.wsnotify.notification.WholeCharacters;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Collects what is wrong with one request, and the names in it that mean nothing.
 *
 * <p>Both lists are bounded, and so is each name in them. Used by one thread.
 */
final class Faults {

    private static final int MOST_NAMES = 20;
    private static final int LONGEST_NAME = 64;

    private final int most;
    private final List<Problem.FieldError> errors = new ArrayList<>();
    private final Set<String> ignored = new LinkedHashSet<>();
    private boolean unknown;

    /** @param most faults that are named */
    Faults(int most) {
        this.most = most;
    }

    /** Notes that a field is wrong. */
    void wrong(String field, String message) {
        if (errors.size() < most) {
            errors.add(new Problem.FieldError(WholeCharacters.cut(field, LONGEST_NAME), message));
        }
    }

    /** Notes a name that means nothing, and for which the request is refused. */
    void unknown(String field) {
        unknown = true;
        wrong(field, "is not a known parameter");
    }

    /** Notes a name that means nothing, which the answer tells. */
    void ignored(String name) {
        if (ignored.size() < MOST_NAMES) {
            ignored.add(WholeCharacters.cut(name, LONGEST_NAME));
        }
    }

    List<String> ignored() {
        return List.copyOf(ignored);
    }

    /** @throws ProblemException something is wrong; it names all of it */
    void refuseIfAny() {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    unknown ? ProblemCode.UNKNOWN_PARAMETER : ProblemCode.INVALID_PARAMETERS,
                    "The request has invalid or unknown parameters; nothing was stored.",
                    errors);
        }
    }
}
