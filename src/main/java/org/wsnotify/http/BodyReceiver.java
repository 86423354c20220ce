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
 * Has the body read of a caller who may publish, and of one whose key may be in it a little. All others are refused,
 * and nothing of theirs is read.
 *
 * <p>Safe for use by many threads.
 */
public final class BodyReceiver implements BodyGate {

    /** Most bytes of a form in which the key is looked for. */
    private static final int FORM_WITH_KEY = 65_536;

    private static final int RETRY_SECONDS = 1;

    private final NotifySettings settings;
    private final BodyIntake known;
    private final BodyIntake strangers;

    /**
     * Two intakes, so that strangers take no place from publishers.
     *
     * @param known takes the bodies of callers who may publish
     * @param strangers takes those in which the key may be
     */
    public BodyReceiver(NotifySettings settings, BodyIntake known, BodyIntake strangers) {
        this.settings = settings;
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
        PublisherAccess access = settings.access();
        Optional<String> shown = ShownKey.in(header, ParameterReader.query(query));
        if (access.needsKey() && shown.isEmpty() && ParameterReader.isForm(type(header.apply("Content-Type")))) {
            int most = Math.min(FORM_WITH_KEY, settings.mostBytes());
            return new Admitted(
                    strangers,
                    most,
                    end -> refusal(end, () -> access.keyRequired("The key of a long body is not looked for in it.")));
        }
        access.check(shown, RemoteClient.parse(header.apply(RemoteClient.HEADER)));
        int most = settings.mostBytes();
        return new Admitted(
                known,
                most,
                end -> refusal(
                        end, () -> Problem.of(ProblemCode.BODY_TOO_LARGE, "A body has at most " + most + " bytes.")));
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

    /** A type that is none is left to the resource. */
    private static MediaType type(String header) {
        try {
            return header == null ? null : MediaType.valueOf(header);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
