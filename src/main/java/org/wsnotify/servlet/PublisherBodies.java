package org.wsnotify.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.wsnotify.body.ArrivingBody;
import org.wsnotify.body.BodyGate;

/**
 * Reads the bodies of {@code /notify} before JAX-RS does, which would hold a thread for each and, on Payara, would read a form whole before a resource can
 * ask who sends it.
 *
 * <p>A body that is here already is read at once; for any other no thread waits, and the request goes on when it is here. Safe for use by many threads.
 */
final class PublisherBodies {

    private final BodyGate gate;

    PublisherBodies(BodyGate gate) {
        this.gate = gate;
    }

    /** Reads the body, and hands the request on or answers it. */
    void receive(EnteredRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        BodyGate.Admission admission = gate.admit(
                request::getHeader, request.getQueryString(), request.client().address());
        if (admission instanceof BodyGate.Refusal refusal) {
            write(refusal, response);
        } else if (admission instanceof BodyGate.Admitted admitted) {
            receive(admitted, request, response, chain);
        }
    }

    private static void receive(
            BodyGate.Admitted admitted, EnteredRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletInputStream input = request.getInputStream();
        int length = request.getContentLength();
        if (length >= 0 && input.available() >= length) {
            admitted.place().close();
            chain.doFilter(request.withBody(input.readNBytes(length)), response);
        } else {
            AsyncContext context = request.startAsync(request, response);
            context.setTimeout(0);
            ArrivingBody.read(admitted.place(), input, new Goes(admitted, request, response, context));
        }
    }

    /** How it goes on. */
    private record Goes(
            BodyGate.Admitted admitted, EnteredRequest request, HttpServletResponse response, AsyncContext context)
            implements ArrivingBody.Receiver {

        @Override
        public void arrived(byte[] body) {
            request.withBody(body);
            context.dispatch();
        }

        @Override
        public void tooLong() throws IOException {
            answer(admitted.tooLong());
        }

        @Override
        public void late() throws IOException {
            answer(admitted.late());
        }

        @Override
        public void broken() throws IOException {
            answer(admitted.broken());
        }

        private void answer(Supplier<BodyGate.Refusal> refusal) throws IOException {
            try {
                write(refusal.get(), response);
            } finally {
                context.complete();
            }
        }
    }

    private static void write(BodyGate.Refusal refusal, HttpServletResponse response) throws IOException {
        response.setStatus(refusal.status());
        refusal.headers().forEach(response::setHeader);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(refusal.problem().getBytes(StandardCharsets.UTF_8));
    }
}
