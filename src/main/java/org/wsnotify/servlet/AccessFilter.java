package org.wsnotify.servlet;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.body.BodyGate;

/**
 * The entrance, passed by every request: finds out where it comes from, keeps foreign origins out, and puts the headers
 * on that a browser needs.
 *
 * <p>Safe for use by many threads.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String PAGES_POLICY = "default-src 'self'; img-src 'self' https: http: data:; "
            + "connect-src 'self' ws: wss:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

    private static final String FOREIGN_ORIGIN =
            "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"code\":\"origin-not-allowed\","
                    + "\"detail\":\"Pages of this origin may not connect; see notification.allowed-origins.\"}";
    private static final String BAD_QUERY =
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"code\":\"bad-query\","
                    + "\"detail\":\"The query is not application/x-www-form-urlencoded in UTF-8.\"}";

    private static final String ENCODED =
            "{\"type\":\"about:blank\",\"title\":\"Unsupported Media Type\",\"status\":415,"
                    + "\"code\":\"unsupported-media-type\",\"detail\":\"A body is sent without a Content-Encoding.\"}";

    private static final String STOPPED =
            "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"code\":\"store-unavailable\","
                    + "\"detail\":\"The server stops. Nothing was stored; repeat the request.\"}";

    private static final String NOT_STARTED =
            "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"code\":\"not-started\","
                    + "\"detail\":\"The server could not start; its log says why. Nothing was stored.\"}";

    @Inject
    transient AccessPolicy entrance;

    @Inject
    transient AvailabilityGate gate;

    @Inject
    transient BodyGate bodyGate;

    private transient PublisherBodies bodies;

    private final transient ProxyWarning proxies = new ProxyWarning();

    @Override
    public void init() {
        bodies = new PublisherBodies(bodyGate);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (gate.state() != AvailabilityGate.State.OPEN) {
            keepOut(request, response, chain);
            return;
        }
        if (entrance.isForwardedByStranger(request)) {
            proxies.forwardedBy(request.getRemoteAddr());
        }
        String path = path(request);
        boolean api = isBelow("/notify", path);
        boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        boolean page = !api && !upgrade && !isBelow("/notification", path);
        if (isBelow("/demo", path) && !entrance.demo()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (!page && !originAllowed(request, response, api)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, FOREIGN_ORIGIN);
            return;
        }
        if (!page && isEncoded(request)) {
            response.setHeader("Accept-Encoding", "identity"); // RFC 7694
            response.setHeader("Connection", "close"); // the body stays unread
            refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, ENCODED);
            return;
        }
        Optional<String> query = query(request, api);
        if (query.isEmpty()) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, BAD_QUERY);
            return;
        }
        if (page) {
            protectPage(path, response);
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        String given = request.getQueryString() == null ? null : query.get();
        AdmittedRequest entered = new AdmittedRequest(request, entrance.clientOf(request), given, upgrade);
        if (api && request.getMethod().equals("POST")) {
            bodies.receive(entered, response, chain);
        } else {
            chain.doFilter(entered, response);
        }
    }

    /** Payara answers health checks behind this filter, and they say why nothing else is answered. */
    private void keepOut(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean stopped = gate.state() == AvailabilityGate.State.STOPPED;
        if (!stopped && isBelow("/health", path(request))) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Connection", "close");
        response.setHeader("Retry-After", "5");
        refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, stopped ? STOPPED : NOT_STARTED);
    }

    /** Open Liberty would unpack a body, which may become a thousand times as long, and Payara would not. */
    private static boolean isEncoded(HttpServletRequest request) {
        String encoding = request.getHeader("Content-Encoding");
        return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
    }

    /** Only parameters of {@code /notify} may stand in a query. */
    private static Optional<String> query(HttpServletRequest request, boolean api) {
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        return api ? RawQuery.wellFormed(query) : Optional.of(query);
    }

    private static void protectPage(String path, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", PAGES_POLICY);
        response.setHeader("Referrer-Policy", "same-origin");
        if (path.equals("/bell.js") || path.startsWith("/bell/")) {
            response.setHeader("Access-Control-Allow-Origin", "*"); // module scripts of other origins need it
        }
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

    /** Answers with a problem, in JSON. */
    static void refuse(HttpServletResponse response, int status, String problem) throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isBelow(String folder, String path) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    /** The decoded path, as the resources will be looked up. */
    private static String path(HttpServletRequest request) {
        String path = request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
        return path.replaceAll("/(\\./)*/*", "/");
    }
}
