package org.wsnotify.body;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.wsnotify.problem.Problem;

/** Decides, before anything of a body is read, whether it is read. Safe for use by many threads. */
@FunctionalInterface
public interface BodyGate {

    /**
     * Looks at the head of a request.
     *
     * @param header gives the value of a header, or null
     * @param query as a URI has it; null for none
     */
    Admission admit(UnaryOperator<String> header, String query);

    /** What was decided. */
    sealed interface Admission permits Admitted, Refusal {}

    /**
     * The body is read.
     *
     * @param intake by this
     * @param most bytes that it may have
     * @param refusal what is answered when it is not whole
     */
    record Admitted(BodyIntake intake, int most, Function<ArrivedBody.End, Refusal> refusal) implements Admission {}

    /** The body is not read, and the connection ends with this answer. */
    record Refusal(Problem problem) implements Admission {}
}
