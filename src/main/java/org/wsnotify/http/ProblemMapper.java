package org.wsnotify.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import org.wsnotify.delivery.IdempotentNotifier;
import org.wsnotify.notification.StoreUnavailableException;

/** Turns whatever went wrong into a problem; nothing of our inside reaches the caller. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

    /** What the container itself refuses. */
    private static final Map<Integer, ProblemCode> CONTAINER = Map.of(
            404, ProblemCode.NOT_FOUND,
            405, ProblemCode.METHOD_NOT_ALLOWED,
            413, ProblemCode.BODY_TOO_LARGE,
            415, ProblemCode.UNSUPPORTED_MEDIA_TYPE);

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof Problem problem) {
            return problem.getResponse();
        }
        if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
            return fromContainer(web.getResponse());
        }
        if (thrown instanceof StoreUnavailableException) {
            LOG.log(System.Logger.Level.WARNING, "a publication could not be stored: {0}", thrown.getMessage());
            return Problem.response(
                            ProblemCode.STORE_UNAVAILABLE,
                            "The notifications could not all be stored. Repeat the request; with an Idempotency-Key "
                                    + "nothing is stored twice.")
                    .header("Retry-After", "5")
                    .build();
        }
        if (thrown instanceof IdempotentNotifier.KeyReusedException) {
            return Problem.response(ProblemCode.IDEMPOTENCY_KEY_REUSED, thrown.getMessage())
                    .build();
        }
        if (thrown instanceof IdempotentNotifier.KeyInUseException) {
            return Problem.response(ProblemCode.IDEMPOTENCY_KEY_IN_USE, thrown.getMessage())
                    .header("Retry-After", "1")
                    .build();
        }
        LOG.log(System.Logger.Level.ERROR, "a request failed", thrown);
        return Problem.response(ProblemCode.INTERNAL, "That went wrong on the server.")
                .build();
    }

    private static Response fromContainer(Response response) {
        int status = response.getStatus();
        var problem = Problem.response(
                status,
                CONTAINER.getOrDefault(status, ProblemCode.BAD_REQUEST),
                response.getStatusInfo().getReasonPhrase());
        String allow = response.getHeaderString("Allow");
        return (allow == null ? problem : problem.header("Allow", allow)).build();
    }
}
