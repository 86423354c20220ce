package org.wsnotify.http;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/**
 * A mistake of the caller, or a failure of ours, as {@code application/problem+json} (RFC 9457).
 *
 * <p>{@code code} is stable and for programs; {@code errors} names the fields.
 */
final class Problem extends WebApplicationException {
    private static final long serialVersionUID = 1L;

    static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    /** One field that is wrong. */
    record FieldError(String field, String message) {}

    private Problem(Response response) {
        super(response);
    }

    static Problem of(ProblemCode code, String detail) {
        return of(code, detail, List.of());
    }

    static Problem of(ProblemCode code, String detail, List<FieldError> errors) {
        return new Problem(response(code.status(), code, detail, errors).build());
    }

    static Problem unauthorized(ProblemCode code, String detail) {
        return new Problem(response(code, detail)
                .header("WWW-Authenticate", "Bearer realm=\"notify\"")
                .build());
    }

    /** @param seconds after which it may be tried again */
    static Problem retryLater(ProblemCode code, String detail, long seconds) {
        return new Problem(response(code, detail).header("Retry-After", seconds).build());
    }

    static Response.ResponseBuilder response(ProblemCode code, String detail) {
        return response(code.status(), code, detail, List.of());
    }

    /** @param status of the container, where it knows better than the code */
    static Response.ResponseBuilder response(int status, ProblemCode code, String detail) {
        return response(status, code, detail, List.of());
    }

    private static Response.ResponseBuilder response(
            int status, ProblemCode code, String detail, List<FieldError> errors) {
        Response.Status known = Response.Status.fromStatusCode(status);
        JsonObjectBuilder json = BUILDERS.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", known == null ? titleOf(status) : known.getReasonPhrase())
                .add("status", status)
                .add("detail", detail)
                .add("code", code.text());
        if (!errors.isEmpty()) {
            JsonArrayBuilder array = BUILDERS.createArrayBuilder();
            errors.forEach(error -> array.add(
                    BUILDERS.createObjectBuilder().add("field", error.field()).add("message", error.message())));
            json.add("errors", array);
        }
        return Response.status(status).type(MEDIA_TYPE).entity(json.build().toString());
    }

    private static String titleOf(int status) {
        return status == 422 ? "Unprocessable Content" : "Error";
    }
}
