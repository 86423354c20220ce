package org.wsnotify.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.wsnotify.delivery.IdempotentNotifier;
import org.wsnotify.notification.StoreUnavailableException;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Answers with a problem when a request fails. Unexpected exceptions are logged, and the caller learns nothing of them.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

    private static final long STORE_RETRY_SECONDS = 5;
    private static final long KEY_RETRY_SECONDS = 1;

    @Override
    public Response toResponse(Throwable thrown) {
        return response(thrown);
    }

    /** Returns the answer to a request that failed. */
    static Response response(Throwable thrown) {
        Problem problem = problem(thrown);
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.json());
        problem.headers().forEach(response::header);
        return response.build();
    }

    private static Problem problem(Throwable thrown) {
        if (thrown instanceof ProblemException exception) {
            return exception.problem();
        }
        if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return ofServer(web.getResponse());
        }
        if (thrown instanceof StoreUnavailableException) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a request failed, because the store did not answer: {0}",
                    thrown.getMessage());
            return Problem.of(ProblemCode.STORE_UNAVAILABLE).retryAfter(STORE_RETRY_SECONDS);
        }
        if (thrown instanceof IdempotentNotifier.KeyReusedException) {
            return Problem.of(ProblemCode.IDEMPOTENCY_KEY_REUSED, thrown.getMessage());
        }
        if (thrown instanceof IdempotentNotifier.ExpiredException) {
            return Problem.of(
                    ProblemCode.INVALID_PARAMETERS,
                    ProblemCode.INVALID_PARAMETERS.meaning(),
                    List.of(new Problem.FieldError(TimesReader.EXPIRES_AT, TimesReader.TOO_EARLY)));
        }
        if (thrown instanceof IdempotentNotifier.KeyInUseException) {
            return Problem.of(ProblemCode.IDEMPOTENCY_KEY_IN_USE, thrown.getMessage())
                    .retryAfter(KEY_RETRY_SECONDS);
        }
        LOG.log(System.Logger.Level.ERROR, "a request failed", thrown);
        return Problem.of(ProblemCode.INTERNAL);
    }

    private static Problem ofServer(Response response) {
        Problem problem = Problem.ofServer(response.getStatus());
        String allow = response.getHeaderString("Allow");
        return allow == null ? problem : problem.withHeader("Allow", allow);
    }
}
