package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.wsnotify.form.MalformedFormException;
import org.wsnotify.form.PercentEncoding;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Makes a query well-formed as RFC 3986, 3.4, requires.
 *
 * <p>Clients send characters unencoded that are not allowed there: {@code curl} sends brackets, quotation marks and
 * UTF-8. JAX-RS on Open Liberty fails on these, and both servers fail on a malformed percent sign, with status 500 and
 * a stack trace in the log.
 */
final class RawQuery {

    private static final String ALLOWED =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/?%";

    private RawQuery() {}

    /** Returns a problem if the query of {@code /notify} has a malformed percent sign. */
    static Optional<Problem> check(RequestTarget target, HttpServletRequest request) {
        String query = request.getQueryString();
        if (!target.isApi() || query == null) {
            return Optional.empty();
        }
        try {
            PercentEncoding.check(query);
            return Optional.empty();
        } catch (MalformedFormException e) {
            String detail = ProblemCode.BAD_QUERY.meaning() + " " + e.getMessage();
            return Optional.of(Problem.of(ProblemCode.BAD_QUERY, detail));
        }
    }

    /** Returns the query, well-formed if it is one of {@code /notify}; null if the request has none. */
    static String of(RequestTarget target, HttpServletRequest request) {
        String query = request.getQueryString();
        return target.isApi() && query != null ? wellFormed(query) : query;
    }

    /** Encodes what must be encoded. Both servers give a query as one character for each byte. */
    private static String wellFormed(String query) {
        StringBuilder text = new StringBuilder(query.length());
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (ALLOWED.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(String.format("%02X", c & 0xFF));
            }
        }
        return text.toString();
    }
}
