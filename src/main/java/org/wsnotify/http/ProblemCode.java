package org.wsnotify.http;

import java.util.Locale;

/**
 * Everything that a request can be answered with instead of 200: the stable {@code code}, as in {@code
 * docs/protocol.md} and {@code /openapi}, and its status.
 */
enum ProblemCode {
    INVALID_PARAMETERS(400),
    UNKNOWN_PARAMETER(400),
    TOO_MANY_USERS(400),
    BAD_JSON(400),
    BAD_FORM(400),
    BAD_MULTIPART(400),
    BAD_QUERY(400),
    BAD_CHARSET(400),
    BAD_BODY(400),
    BAD_IDEMPOTENCY_KEY(400),
    BAD_REQUEST(400),
    API_KEY_REQUIRED(401),
    API_KEY_UNKNOWN(403),
    LOCAL_CALLERS_ONLY(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    BODY_TIMEOUT(408),
    IDEMPOTENCY_KEY_IN_USE(409),
    BODY_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    IDEMPOTENCY_KEY_REUSED(422),
    TOO_MANY_ATTEMPTS(429),
    INTERNAL(500),
    STORE_UNAVAILABLE(503),
    TOO_MANY_BODIES(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** As it stands in the answer. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
