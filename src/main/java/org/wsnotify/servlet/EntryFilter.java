package org.wsnotify.servlet;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.wsnotify.session.RemoteClient;

/**
 * The entrance, passed by every request: finds out where it comes from, keeps foreign origins out, and puts the headers on that a browser needs.
 *
 * <p>Safe for use by many threads.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class EntryFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String PAGES_POLICY = "default-src 'self'; img-src 'self' https: http: data:; "
            + "connect-src 'self' ws: wss:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

    @Inject
    transient Entrance entrance;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RemoteClient client = entrance.clientOf(request);
        String path = path(request);
        if (isDemo(path) && !entrance.demo()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        boolean api = path.equals("/notify") || path.startsWith("/notify/");
        boolean sockJs = path.equals("/notification") || path.startsWith("/notification/");
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        if ((api || sockJs || upgrade) && !originAllowed(request, response, api)) {
            refuse(response);
            return;
        }
        if (!api && !sockJs && !upgrade) {
            response.setHeader("Content-Security-Policy", PAGES_POLICY);
            response.setHeader("Referrer-Policy", "same-origin");
            if (path.equals("/bell.js") || path.startsWith("/bell/")) {
                response.setHeader("Access-Control-Allow-Origin", "*"); // module scripts of other origins need it
            }
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        chain.doFilter(new EnteredRequest(request, client, upgrade), response);
    }

    private boolean originAllowed(HttpServletRequest request, HttpServletResponse response, boolean api) {
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        if (origin.isEmpty()) {
            return true;
        }
        boolean configured = entrance.origins().allows(origin.get());
        if (api) {
            response.addHeader("Vary", "Origin");
            if (configured) {
                allowAcrossOrigins(response, origin.get());
            }
        }
        boolean preflight = api && request.getMethod().equals("OPTIONS");
        return configured || preflight || Origins.isSame(origin.get(), request.getHeader("Host"));
    }

    private static void allowAcrossOrigins(HttpServletResponse response, String origin) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Methods", "POST, OPTIONS");
        response.setHeader(
                "Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, Prefer, X-API-Key");
        response.setHeader("Access-Control-Max-Age", "600");
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("application/problem+json");
        response.getOutputStream()
                .print(
                        "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"code\":\"origin-not-allowed\","
                                + "\"detail\":\"Pages of this origin may not connect; see notification.allowed-origins.\"}");
    }

    private static boolean isDemo(String path) {
        return path.equals("/demo") || path.startsWith("/demo/");
    }

    /** The decoded path, as the resources will be looked up. */
    private static String path(HttpServletRequest request) {
        String path = request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
        return path.replaceAll("/(\\./)*/*", "/");
    }
}
