package org.wsnotify.sockjs;

import java.util.function.Consumer;

/**
 * Writes the body of a response piece by piece. The servlet has one implementation, tests have another.
 *
 * <p>No method blocks. Callbacks come from any thread, and the writer holds no lock then.
 */
public interface ResponseWriter {

    /**
     * Sends a piece at once, after those before it.
     *
     * @param done called once, with null when it was sent, or with what went wrong
     */
    void write(String piece, Consumer<Throwable> done);

    /** Ends the response after what was written. */
    void end();

    /** Ends the response now, if it has not ended. */
    void abort();
}
