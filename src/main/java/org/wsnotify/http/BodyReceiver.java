package org.wsnotify.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.wsnotify.body.ArrivedBody;
import org.wsnotify.body.BodyGate;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.client.RemoteClient;

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
        } catch (Problem problem) {
            return refusal(problem);
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
                    case LATE ->
                        Problem.of(ProblemCode.BODY_TIMEOUT, "The body did not come in time. Nothing was stored.");
                    case TOO_MANY ->
                        Problem.retryLater(
                                ProblemCode.TOO_MANY_BODIES,
                                "Too many bodies are on their way. Nothing was stored.",
                                RETRY_SECONDS);
                    case BROKEN, WHOLE -> Problem.of(ProblemCode.BAD_BODY, "The body could not be read to its end.");
                });
    }

    private static Refusal refusal(Problem problem) {
        Response response = problem.getResponse();
        Map<String, String> headers = new HashMap<>(Map.of("Connection", "close")); // the rest stays unread
        response.getHeaders().forEach((name, values) -> headers.put(name, String.valueOf(values.get(0))));
        return new Refusal(response.getStatus(), headers, (String) response.getEntity());
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
