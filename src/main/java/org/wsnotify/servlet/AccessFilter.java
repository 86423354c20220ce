package org.wsnotify.servlet;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.wsnotify.body.BodyGate;
import org.wsnotify.login.RareLog;
import org.wsnotify.problem.Problem;

/**
 * Passes or refuses every request, and tells the resources which client sent it.
 *
 * <p>Safe for use by many threads.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class AccessFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(AccessFilter.class.getName());

    @Inject
    transient AccessPolicy policy;

    @Inject
    transient AvailabilityGate gate;

    @Inject
    transient BodyGate bodyGate;

    private transient CrossOrigin crossOrigin;
    private transient PublisherBodies bodies;

    private final transient ProxyWarning proxies = new ProxyWarning();

    @Override
    public void init() {
        crossOrigin = new CrossOrigin(
                policy.origins(),
                new RareLog(LOG, System.Logger.Level.INFO, 1, Duration.ofMinutes(1), Clock.systemUTC()));
        bodies = new PublisherBodies(bodyGate);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestTarget target = RequestTarget.of(request);
        Optional<Problem> closed = gate.enter();
        if (closed.isEmpty()) {
            try {
                admit(target, request, response, chain);
            } finally {
                gate.leave();
            }
        } else if (target.isBelow("/health")) { // Payara answers it behind this filter, and says what is wrong
            chain.doFilter(request, response);
        } else {
            ProblemWriter.write(closed.get(), response);
        }
    }

    private void admit(
            RequestTarget target, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (policy.isForwardedByStranger(request)) {
            proxies.forwardedBy(request.getRemoteAddr());
        }
        if (target.isBelow("/demo") && !policy.demo()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Optional<Problem> refusal = crossOrigin
                .check(target, request, response)
                .or(() -> refusalOfSession(target, request, response))
                .or(() -> ContentCoding.check(target, request))
                .or(() -> RawQuery.check(target, request));
        if (refusal.isPresent()) {
            ProblemWriter.write(refusal.get(), response);
            return;
        }
        PageHeaders.set(target, response);
        pass(target, request, response, chain);
    }

    /** Pages may read it: else they would take WebSockets for blocked, or their origin for refused. */
    private Optional<Problem> refusalOfSession(
            RequestTarget target, HttpServletRequest request, HttpServletResponse response) {
        Optional<Problem> refusal = target.beginsSession() ? gate.sessionRefusal() : Optional.empty();
        if (refusal.isPresent()) {
            CrossOrigin.letRead(request, response);
        }
        return refusal;
    }

    private void pass(RequestTarget target, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        AdmittedRequest admitted =
                new AdmittedRequest(request, policy.clientOf(request), RawQuery.of(target, request), target.upgrade());
        if (target.isApi() && request.getMethod().equals("POST")) {
            bodies.receive(admitted, response, chain);
        } else {
            chain.doFilter(admitted, response);
        }
    }
}
