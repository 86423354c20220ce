package org.wsnotify.http;

import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.wsnotify.body.ArrivedBody;
import org.wsnotify.body.BodyGate;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.client.RemoteClient;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Admits the bodies of callers who may publish, and short forms that may contain the key. Refuses all others unread.
 *
 * <p>Safe for use by many threads.
 */
public final class BodyReceiver implements BodyGate {

    /** Most bytes of a form that is searched for the key. */
    private static final int FORM_WITH_KEY = 65_536;

    private static final int RETRY_SECONDS = 1;

    private final PublisherAccess access;
    private final PublicationLimits limits;
    private final BodyIntake known;
    private final BodyIntake strangers;

    /**
     * Uses two intakes, so that strangers take no place from publishers.
     *
     * @param known reads the bodies of callers who may publish
     * @param strangers reads the forms that may contain the key
     */
    public BodyReceiver(PublisherAccess access, PublicationLimits limits, BodyIntake known, BodyIntake strangers) {
        this.access = access;
        this.limits = limits;
        this.known = known;
        this.strangers = strangers;
    }

    @Override
    public Admission admit(UnaryOperator<String> header, String query) {
        try {
            return admitted(header, query);
        } catch (ProblemException e) {
            return refusal(e.problem());
        }
    }

    private Admitted admitted(UnaryOperator<String> header, String query) {
        Optional<String> shown = ShownKey.in(header, ParameterReader.query(query));
        if (access.needsKey() && shown.isEmpty() && ParameterReader.isForm(type(header.apply("Content-Type")))) {
            int most = Math.min(FORM_WITH_KEY, limits.bodyBytes());
            return new Admitted(
                    strangers,
                    most,
                    end -> refusal(end, () -> access.keyRequired("A long body is not searched for a key.")));
        }
        access.check(shown, RemoteClient.parse(header.apply(RemoteClient.HEADER)));
        int most = limits.bodyBytes();
        return new Admitted(
                known,
                most,
                end -> refusal(
                        end,
                        () -> Problem.of(ProblemCode.BODY_TOO_LARGE, "A body may have at most " + most + " bytes.")));
    }

    private static Refusal refusal(ArrivedBody.End end, Supplier<Problem> tooLong) {
        return refusal(
                switch (end) {
                    case TOO_LONG -> tooLong.get();
                    case LATE -> Problem.of(ProblemCode.BODY_TIMEOUT);
                    case TOO_MANY -> Problem.of(ProblemCode.TOO_MANY_BODIES).retryAfter(RETRY_SECONDS);
                    case BROKEN, WHOLE -> Problem.of(ProblemCode.BAD_BODY);
                });
    }

    private static Refusal refusal(Problem problem) {
        return new Refusal(problem.closing());
    }

    /** Leaves a malformed type to the resource. */
    private static MediaType type(String header) {
        try {
            return header == null ? null : MediaType.valueOf(header);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
