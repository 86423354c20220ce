package org.wsnotify.http;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.wsnotify.notification.UserIds;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Reads which user a path is about: {@code /users/42}, or {@code /users/-?user=42}. The second form is for ids that
 * servers do not let into a path, such as those with a slash.
 */
final class PathUser {

    /** The parameter of the query. */
    static final String PARAMETER = "user";

    private static final String IN_QUERY = "-";

    private PathUser() {}

    /**
     * @param segment the part of the path that stands for the user
     * @throws ProblemException it is no id of a user
     */
    static String read(String segment, URI uri) {
        Optional<String> named = inQuery(uri);
        if (named.isPresent() && !segment.equals(IN_QUERY)) {
            throw wrong(PARAMETER, "belongs to the path /users/- only");
        }
        String id = named.orElse(segment);
        if (!UserIds.isValid(id)) {
            throw wrong(named.isPresent() ? PARAMETER : "id", "must be the id of a user: " + UserIdReader.RULE);
        }
        return id;
    }

    /** Returns the parameter of the query; empty if there is none. */
    static Optional<String> inQuery(URI uri) {
        return ParameterReader.query(uri.getRawQuery()).text(PARAMETER);
    }

    private static ProblemException wrong(String field, String what) {
        return new ProblemException(
                ProblemCode.INVALID_PARAMETERS,
                ProblemCode.INVALID_PARAMETERS.meaning(),
                List.of(new Problem.FieldError(field, what)));
    }
}
