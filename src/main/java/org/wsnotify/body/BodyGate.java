package org.wsnotify.body;

import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Decides, before anything of a body is read, whether it is read. Safe for use by many threads. */
@FunctionalInterface
public interface BodyGate {

    /**
     * Looks at the head of a request.
     *
     * @param header gives the value of a header, or null
     * @param query as a URI has it; null for none
     * @param address where the request comes from
     */
    Admission admit(UnaryOperator<String> header, String query, String address);

    /** What was decided. */
    sealed interface Admission permits Admitted, Refusal {}

    /**
     * The body is read.
     *
     * @param place of the body; to be closed
     * @param tooLong what is answered when it is longer than its place
     * @param late what is answered when it does not come in time
     * @param broken what is answered when it cannot be read to its end
     */
    record Admitted(BodyIntake.Place place, Supplier<Refusal> tooLong, Supplier<Refusal> late, Supplier<Refusal> broken)
            implements Admission {}

    /** The body is not read. The connection ends with this answer, unless the body is empty. */
    record Refusal(int status, Map<String, String> headers, String problem) implements Admission {}
}
