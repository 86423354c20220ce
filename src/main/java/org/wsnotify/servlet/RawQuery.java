package org.wsnotify.servlet;

import java.util.Optional;

/**
 * The query of a request as a client wrote it, and as the specification of URIs wants it (RFC 3986, 3.4).
 *
 * <p>Clients send what is not allowed there as it is: {@code curl} a bracket, a quotation mark, a letter in UTF-8.
 * JAX-RS on Open Liberty fails on that, and on both servers on half an escape: as an error of the server, with a stack
 * trace in the log.
 */
final class RawQuery {

    private static final String ALLOWED =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/?";

    private RawQuery() {}

    /**
     * Encodes what has to be.
     *
     * @param query with a character for each byte, as both servers give it
     * @return empty when a percent sign is not followed by two hexadecimal digits
     */
    static Optional<String> wellFormed(String query) {
        StringBuilder text = new StringBuilder(query.length());
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '%' && !isEscape(query, i)) {
                return Optional.empty();
            }
            if (c == '%' || ALLOWED.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(String.format("%02X", c & 0xFF));
            }
        }
        return Optional.of(text.toString());
    }

    private static boolean isEscape(String query, int percent) {
        return percent + 2 < query.length()
                && Character.digit(query.charAt(percent + 1), 16) >= 0
                && Character.digit(query.charAt(percent + 2), 16) >= 0;
    }
}
