package org.wsnotify.http;

import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the API key that a caller shows in a header or in the query. */
final class ShownKey {

    /** The parameter of a query or a form. */
    static final String PARAMETER = "apikey";

    private static final String BEARER = "Bearer ";

    private ShownKey() {}

    /** @param header returns the value of a header, or null */
    static Optional<String> in(UnaryOperator<String> header, Parameters query) {
        String authorization = header.apply("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        return Optional.ofNullable(header.apply("X-API-Key")).or(() -> query.text(PARAMETER));
    }
}
