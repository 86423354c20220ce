package org.wsnotify.servlet;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.wsnotify.body.BodyGate;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

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

    private static final long RETRY_SECONDS = 5;

    private static final Problem ENCODED = Problem.of(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "A body must have no Content-Encoding.")
            .withHeader("Accept-Encoding", "identity") // RFC 7694
            .closing();

    private static final Problem STOPPED = Problem.of(
                    ProblemCode.STORE_UNAVAILABLE, "The server is stopping. Nothing was stored; repeat the request.")
            .retryAfter(RETRY_SECONDS)
            .closing();

    private static final Problem NOT_STARTED =
            Problem.of(ProblemCode.NOT_STARTED).retryAfter(RETRY_SECONDS).closing();

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
            ProblemWriter.write(Problem.of(ProblemCode.ORIGIN_NOT_ALLOWED), response);
            return;
        }
        if (!page && isEncoded(request)) {
            ProblemWriter.write(ENCODED, response);
            return;
        }
        Optional<String> query = query(request, api);
        if (query.isEmpty()) {
            ProblemWriter.write(Problem.of(ProblemCode.BAD_QUERY), response);
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
        ProblemWriter.write(stopped ? STOPPED : NOT_STARTED, response);
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
