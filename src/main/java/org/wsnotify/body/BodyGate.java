package org.wsnotify.body;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.wsnotify.problem.Problem;

/** Decides whether a body is read, before any of it is. Safe for use by many threads. */
@FunctionalInterface
public interface BodyGate {

    /**
     * Decides by the head of a request.
     *
     * @param header returns the value of a header, or null
     * @param query the encoded query; null for none
     */
    Admission admit(UnaryOperator<String> header, String query);

    /** The decision. */
    sealed interface Admission permits Admitted, Refusal {}

    /**
     * The body is read.
     *
     * @param intake reads it
     * @param most most bytes it may have
     * @param refusal returns the answer if the body does not arrive whole
     */
    record Admitted(BodyIntake intake, int most, Function<ArrivedBody.End, Refusal> refusal) implements Admission {}

    /** The body is not read, and this problem is the answer. */
    record Refusal(Problem problem) implements Admission {}
}
