package org.wsnotify.sockjs;

import java.util.function.Consumer;

/**
 * A response whose headers are decided and whose body comes piece by piece. The servlet has one; tests have another.
 *
 * <p>No method blocks. Callbacks come from any thread, and while the outlet holds no lock.
 */
public interface ResponseWriter {

    /**
     * Sends a piece at once, behind those before it.
     *
     * @param done called once with null when it left, or with what went wrong
     */
    void write(String piece, Consumer<Throwable> done);

    /** Ends the response behind what was written. */
    void end();

    /** Ends it now, if it has not ended. */
    void abort();
}
