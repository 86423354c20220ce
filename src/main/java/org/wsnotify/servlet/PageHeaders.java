package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletResponse;

/** Sets the headers that tell browsers what pages may load, frame and reveal. */
final class PageHeaders {

    private static final String PAGES_POLICY = "default-src 'self'; img-src 'self' https: http: data:; "
            + "connect-src 'self' ws: wss:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

    private PageHeaders() {}

    static void set(RequestTarget target, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (target.isPage()) {
            response.setHeader("Content-Security-Policy", PAGES_POLICY);
            response.setHeader("Referrer-Policy", "same-origin");
            if (target.path().equals("/bell.js") || target.isBelow("/bell") || target.isBelow("/sockjs")) {
                response.setHeader("Access-Control-Allow-Origin", "*"); // module scripts of other origins need it
            }
        }
    }
}
