package org.wsnotify.http;

import java.util.List;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/** Ends a request that cannot be served. {@link ProblemMapper} answers with the problem. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    ProblemException(ProblemCode code, String detail) {
        this(Problem.of(code, detail));
    }

    ProblemException(ProblemCode code, String detail, List<Problem.FieldError> errors) {
        this(Problem.of(code, detail, errors));
    }

    Problem problem() {
        return problem;
    }
}
