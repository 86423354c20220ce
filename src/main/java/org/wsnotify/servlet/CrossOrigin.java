package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.wsnotify.login.RareLog;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Keeps pages of foreign origins away from {@code /notify} and from connections, and tells browsers which origins may
 * call {@code /notify} (CORS, Fetch Standard 3.2). Safe for use by many threads.
 */
final class CrossOrigin {

    private static final Problem FOREIGN = Problem.of(ProblemCode.ORIGIN_NOT_ALLOWED);

    private static final int LONGEST_ORIGIN = 200;

    private final Origins allowed;
    private final RareLog refusals;

    /** @param refusals where the operator reads which origins are refused */
    CrossOrigin(Origins allowed, RareLog refusals) {
        this.allowed = allowed;
        this.refusals = refusals;
    }

    /** Sets the CORS headers of the response; returns a problem if the origin of the page may not send the request. */
    Optional<Problem> check(RequestTarget target, HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (target.isPage() || origin == null) {
            return Optional.empty();
        }
        boolean configured = allowed.allows(origin);
        if (target.isApi()) {
            response.addHeader("Vary", "Origin");
            if (configured) {
                allow(origin, response);
            }
        }
        boolean preflight = target.isApi() && request.getMethod().equals("OPTIONS");
        if (configured || preflight || Origins.isSame(origin, request.getHeader("Host"))) {
            return Optional.empty();
        }
        refusals.tell(
                "a page was refused: its origin " + printable(origin) + " is not in notification.allowed-origins");
        return Optional.of(FOREIGN);
    }

    /** Lets the page of an origin that was checked read an answer. */
    static void letRead(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            response.addHeader("Vary", "Origin");
            response.setHeader("Access-Control-Allow-Origin", origin);
        }
    }

    /** Anybody can send any header. */
    private static String printable(String origin) {
        String text = origin.replaceAll("[^!-~]", "?");
        return text.length() > LONGEST_ORIGIN ? text.substring(0, LONGEST_ORIGIN) + "..." : text;
    }

    private static void allow(String origin, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Methods", "POST, OPTIONS");
        response.setHeader(
                "Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, Prefer, X-API-Key");
        response.setHeader("Access-Control-Max-Age", "600");
    }
}
