package org.wsnotify.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;
import org.wsnotify.delivery.IdempotentNotifier;
import org.wsnotify.inbox.StoreUnavailableException;

/** Turns whatever went wrong into a problem; nothing of our inside reaches the caller. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

    private static final Map<Integer, String> CODES = Map.of(
            400, "bad-request",
            404, "not-found",
            405, "method-not-allowed",
            406, "not-acceptable",
            413, "body-too-large",
            415, "unsupported-media-type");

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
                            503,
                            "store-unavailable",
                            "The notifications could not all be stored. Repeat the request; with an Idempotency-Key "
                                    + "nothing is stored twice.",
                            List.of())
                    .header("Retry-After", "5")
                    .build();
        }
        if (thrown instanceof IdempotentNotifier.KeyReusedException) {
            return Problem.response(422, "idempotency-key-reused", thrown.getMessage(), List.of())
                    .build();
        }
        if (thrown instanceof IdempotentNotifier.KeyInUseException) {
            return Problem.response(409, "idempotency-key-in-use", thrown.getMessage(), List.of())
                    .header("Retry-After", "1")
                    .build();
        }
        LOG.log(System.Logger.Level.ERROR, "a request failed", thrown);
        return Problem.response(500, "internal", "That went wrong on the server.", List.of())
                .build();
    }

    private static Response fromContainer(Response response) {
        int status = response.getStatus();
        var problem = Problem.response(
                status,
                CODES.getOrDefault(status, "bad-request"),
                response.getStatusInfo().getReasonPhrase(),
                List.of());
        String allow = response.getHeaderString("Allow");
        return (allow == null ? problem : problem.header("Allow", allow)).build();
    }
}
