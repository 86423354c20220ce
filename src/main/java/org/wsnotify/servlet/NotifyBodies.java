package org.wsnotify.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads the bodies of {@code /notify} before JAX-RS does. On Payara JAX-RS reads a form whole, and the first byte of any other body, before a
 * resource can ask who sends it.
 */
@FunctionalInterface
public interface NotifyBodies {

    /** Where a refusal is written. */
    @FunctionalInterface
    interface Refusal {
        void write(int status, Map<String, String> headers, String problem) throws IOException;
    }

    /**
     * Reads a body on the caller's thread.
     *
     * @param header gives the value of a header, or null
     * @param query as a URI has it; null for none
     * @return empty when the refusal was written
     */
    Optional<byte[]> read(UnaryOperator<String> header, String query, InputStream body, Refusal refusal)
            throws IOException;
}
