package org.wsnotify.problem;

import java.util.Locale;
import java.util.Map;

/**
 * The stable {@code code} of each problem, with its status and its meaning.
 *
 * <p>{@code docs/protocol.md} lists exactly these codes in the same words. Each also stands in {@code /openapi}, if
 * {@code /notify} can answer with it.
 */
public enum ProblemCode {
    INVALID_PARAMETERS(400, "Parameters are missing or invalid. Each is named in errors."),
    UNKNOWN_PARAMETER(400, "Parameters are unknown, and others may be invalid. Each is named in errors."),
    TOO_MANY_USERS(400, "There are more users than notification.notify.max-users."),
    BAD_JSON(400, "The JSON is malformed, too deep or too large, or an object has the same name twice."),
    BAD_FORM(400, "The form is not application/x-www-form-urlencoded in UTF-8, or has too many parameters."),
    BAD_MULTIPART(400, "The body is not well-formed multipart/form-data, has too many parts, or a part has no name."),
    BAD_QUERY(400, "The query is not application/x-www-form-urlencoded in UTF-8."),
    BAD_CHARSET(400, "The body is not text in the charset of its Content-Type. The default is UTF-8."),
    BAD_BODY(400, "The body broke off before its end."),
    BAD_IDEMPOTENCY_KEY(400, "Idempotency-Key occurs twice, or does not have 1 to 255 characters."),
    BAD_REQUEST(400, "The request is malformed. Its Content-Type or another header may be invalid."),
    API_KEY_REQUIRED(401, "The request shows no API key where one is looked for."),
    API_KEY_UNKNOWN(403, "The API key is unknown."),
    LOCAL_CALLERS_ONLY(403, "No API key is configured, so only callers on the server itself may publish."),
    ORIGIN_NOT_ALLOWED(403, "Pages of this origin may not connect; see notification.allowed-origins."),
    FORBIDDEN(403, "The application server does not allow this request."),
    NOT_FOUND(404, "There is nothing at this path."),
    METHOD_NOT_ALLOWED(405, "This path does not support the method."),
    BODY_TIMEOUT(408, "The body did not arrive within notification.notify.body-timeout."),
    TOKENS_NOT_CONFIGURED(409, "POST /token needs notification.token.secret and notification.api-keys."),
    BACKUP_NOT_CONFIGURED(409, "POST /backup needs notification.backup.directory, and the embedded store."),
    BACKUP_IN_PROGRESS(409, "Another backup is being made."),
    IDEMPOTENCY_KEY_IN_USE(409, "The first request with this Idempotency-Key is not answered yet."),
    BODY_TOO_LARGE(413, "The body is larger than notification.notify.max-body."),
    UNSUPPORTED_MEDIA_TYPE(415, "The Content-Type is not supported, or the body has a Content-Encoding."),
    IDEMPOTENCY_KEY_REUSED(422, "The Idempotency-Key was used for another request."),
    TOO_MANY_ATTEMPTS(429, "Too many unknown API keys came from this address. A valid key is still accepted."),
    INTERNAL(500, "The server failed, and its log says why. Repeat the request only with an Idempotency-Key."),
    BACKUP_FAILED(500, "The backup failed, and the log says why. Earlier backups are still there."),
    STORE_UNAVAILABLE(
            503,
            "The store did not confirm, or too many requests wait for it. Repeat the request; with an"
                    + " Idempotency-Key nothing is stored twice."),
    NOT_STARTED(503, "The server could not start, and its log says why. Nothing was stored."),
    TOO_MANY_BODIES(503, "Too many bodies are arriving. Nothing was stored.");

    /** The statuses that application servers choose themselves, with the code of each. */
    private static final Map<Integer, ProblemCode> OF_SERVERS = Map.of(
            403, FORBIDDEN,
            404, NOT_FOUND,
            405, METHOD_NOT_ALLOWED,
            413, BODY_TOO_LARGE,
            415, UNSUPPORTED_MEDIA_TYPE);

    private final int status;
    private final String meaning;

    ProblemCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** Returns the code for a status that the application server chose. */
    static ProblemCode ofServer(int status) {
        return OF_SERVERS.getOrDefault(status, status < 500 ? BAD_REQUEST : INTERNAL);
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the documented meaning: the detail of a problem about which nothing more is known. */
    public String meaning() {
        return meaning;
    }

    /** Returns the code as written in the answer, such as {@code bad-json}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
