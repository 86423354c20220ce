package org.wsnotify.http;

import jakarta.ws.rs.core.Response;
import org.wsnotify.problem.ProblemCode;
import org.wsnotify.retraction.Retraction;

/** Answers a request to retract. */
final class RetractionAnswer {

    private RetractionAnswer() {}

    /** @throws ProblemException nothing that was named is known */
    static Response of(Retraction.Result result) {
        if (result.known() == 0) {
            throw new ProblemException(ProblemCode.NOT_FOUND, ProblemCode.NOT_FOUND.meaning());
        }
        return InboxAnswer.of(json -> json.write("retracted", result.retracted()));
    }
}
