package org.wsnotify.http;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.wsnotify.notification.WholeCharacters;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Collects the faults of one request and its unknown names.
 *
 * <p>Both lists and the names in them are bounded. Used by one thread.
 */
final class Faults {

    private static final int MOST_NAMES = 20;
    private static final int LONGEST_NAME = 64;

    private final int most;
    private final List<Problem.FieldError> errors = new ArrayList<>();
    private final Set<String> ignored = new LinkedHashSet<>();
    private boolean unknown;

    /** @param most most faults that are named */
    Faults(int most) {
        this.most = most;
    }

    /** Adds a fault of a field. */
    void wrong(String field, String message) {
        if (errors.size() < most) {
            errors.add(new Problem.FieldError(WholeCharacters.cut(field, LONGEST_NAME), message));
        }
    }

    /** Adds an unknown name for which the request is refused. */
    void unknown(String field) {
        unknown = true;
        wrong(field, "is not a known parameter");
    }

    /** Adds an unknown name that the answer only reports. */
    void ignored(String name) {
        if (ignored.size() < MOST_NAMES) {
            ignored.add(WholeCharacters.cut(name, LONGEST_NAME));
        }
    }

    /**
     * Checks the names of the members of an object.
     *
     * @param field where the object is
     * @param refused whether an unknown one refuses the request; otherwise the answer only reports it
     */
    void checkMembers(String field, JsonObject object, Set<String> known, boolean refused) {
        for (String member : object.keySet()) {
            if (!known.contains(member)) {
                String name = field + "." + member;
                if (refused) {
                    unknown(name);
                } else {
                    ignored(name);
                }
            }
        }
    }

    List<String> ignored() {
        return List.copyOf(ignored);
    }

    /** @throws ProblemException there are faults; it names all of them */
    void refuseIfAny() {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    unknown ? ProblemCode.UNKNOWN_PARAMETER : ProblemCode.INVALID_PARAMETERS,
                    "The request has invalid or unknown parameters; nothing was done.",
                    errors);
        }
    }
}
