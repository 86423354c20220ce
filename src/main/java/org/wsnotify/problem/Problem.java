package org.wsnotify.problem;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a request fails, and the only writer of {@code application/problem+json} (RFC 9457). Immutable.
 *
 * @param code is stable and meant for programs
 * @param status the HTTP status; differs from that of the code only where the application server chose it
 * @param detail says in English what is wrong
 * @param errors names the invalid fields; often empty
 * @param headers belong to the answer besides its content type
 */
public record Problem(
        ProblemCode code, int status, String detail, List<FieldError> errors, Map<String, String> headers) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    /** One invalid field. */
    public record FieldError(String field, String message) {}

    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    /** Returns a problem about which nothing is known but its code. */
    public static Problem of(ProblemCode code) {
        return of(code, code.meaning());
    }

    public static Problem of(ProblemCode code, String detail) {
        return of(code, detail, List.of());
    }

    public static Problem of(ProblemCode code, String detail, List<FieldError> errors) {
        return new Problem(code, code.status(), detail, errors, Map.of());
    }

    /** Returns the problem for a status, 400 to 599, that the application server chose. */
    public static Problem ofServer(int status) {
        ProblemCode code = ProblemCode.ofServer(status);
        String detail = code.status() == status ? code.meaning() : ReasonPhrases.of(status);
        return new Problem(code, status, detail, List.of(), Map.of());
    }

    /** Returns the same problem with one more header. */
    public Problem withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Problem(code, status, detail, errors, more);
    }

    /** Returns the same problem, after which the client may repeat the request in some seconds. */
    public Problem retryAfter(long seconds) {
        return withHeader("Retry-After", Long.toString(seconds));
    }

    /** Returns the same problem, after which the connection ends: the rest of the request stays unread. */
    public Problem closing() {
        return withHeader("Connection", "close");
    }

    /** Returns the name of the status. */
    public String title() {
        return ReasonPhrases.of(status);
    }

    /** Returns the document. */
    public String json() {
        JsonObjectBuilder json = BUILDERS.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title())
                .add("status", status)
                .add("detail", detail)
                .add("code", code.text());
        if (!errors.isEmpty()) {
            JsonArrayBuilder array = BUILDERS.createArrayBuilder();
            errors.forEach(error -> array.add(
                    BUILDERS.createObjectBuilder().add("field", error.field()).add("message", error.message())));
            json.add("errors", array);
        }
        return json.build().toString();
    }
}
