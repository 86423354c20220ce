package org.wsnotify.servlet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.wsnotify.body.ArrivedBody;
import org.wsnotify.body.BodyGate;
import org.wsnotify.client.IpAddress;

/**
 * Reads the bodies of {@code /notify} before JAX-RS does. On Payara JAX-RS reads a whole form, and the first byte of
 * any other body, before a resource can check the caller. Safe for use by many threads.
 */
final class PublisherBodies {

    private final BodyGate gate;

    PublisherBodies(BodyGate gate) {
        this.gate = gate;
    }

    /** Reads the body and passes the request on, or answers it. */
    void receive(AdmittedRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        BodyGate.Admission admission = gate.admit(request::getHeader, request.getQueryString());
        if (admission instanceof BodyGate.Refusal refusal) {
            write(refusal, response);
        } else if (admission instanceof BodyGate.Admitted admitted) {
            receive(admitted, request, response, chain);
        }
    }

    private static void receive(
            BodyGate.Admitted admitted, AdmittedRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ArrivedBody body = admitted.intake()
                .read(
                        request.getInputStream(),
                        IpAddress.subscriberOf(request.client().address()),
                        request.getContentLengthLong(),
                        admitted.most());
        if (body.end() == ArrivedBody.End.WHOLE) {
            chain.doFilter(request.withBody(body.bytes()), response);
        } else {
            write(admitted.refusal().apply(body.end()), response);
        }
    }

    private static void write(BodyGate.Refusal refusal, HttpServletResponse response) throws IOException {
        ProblemWriter.write(refusal.problem(), response);
    }
}
