package org.wsnotify.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.wsnotify.session.RemoteClient;

/**
 * Reads the body of a caller who may publish, and of one whose key may be in it a little. All others are refused, and nothing of theirs is read.
 *
 * <p>Safe for use by many threads.
 */
public final class BodyReceiver {

    /** Where a refusal is written. */
    @FunctionalInterface
    public interface Refusal {
        void write(int status, Map<String, String> headers, String problem) throws IOException;
    }

    /** Most bytes of a form in which the key is looked for. */
    private static final int FORM_WITH_KEY = 65_536;

    private final NotifySettings settings;
    private final BodyIntake known;
    private final BodyIntake strangers;

    /**
     * Two intakes, so that strangers take no place from publishers.
     *
     * @param known reads the bodies of callers who may publish
     * @param strangers reads those in which the key may be
     */
    public BodyReceiver(NotifySettings settings, BodyIntake known, BodyIntake strangers) {
        this.settings = settings;
        this.known = known;
        this.strangers = strangers;
    }

    /**
     * Reads a body, or writes why not.
     *
     * @param header gives the value of a header, or null
     * @param query as a URI has it; null for none
     */
    public Optional<byte[]> read(UnaryOperator<String> header, String query, InputStream body, Refusal refusal)
            throws IOException {
        try {
            return Optional.of(bytes(header, query, body));
        } catch (Problem problem) {
            Response response = problem.getResponse();
            Map<String, String> headers = new HashMap<>(Map.of("Connection", "close")); // the rest stays unread
            response.getHeaders().forEach((name, values) -> headers.put(name, String.valueOf(values.get(0))));
            refusal.write(response.getStatus(), headers, (String) response.getEntity());
            return Optional.empty();
        }
    }

    private byte[] bytes(UnaryOperator<String> header, String query, InputStream body) {
        PublisherAccess access = settings.access();
        Optional<String> shown = ShownKey.in(header, ParameterReader.query(query));
        if (access.needsKey() && shown.isEmpty() && ParameterReader.isForm(type(header.apply("Content-Type")))) {
            int most = Math.min(FORM_WITH_KEY, settings.mostBytes());
            return bytes(
                    header,
                    body,
                    strangers,
                    most,
                    () -> access.keyRequired("The key of a long body is not looked for in it."));
        }
        access.check(shown, RemoteClient.parse(header.apply(RemoteClient.HEADER)));
        int most = settings.mostBytes();
        return bytes(
                header,
                body,
                known,
                most,
                () -> Problem.of(ProblemCode.BODY_TOO_LARGE, "A body has at most " + most + " bytes."));
    }

    private static byte[] bytes(
            UnaryOperator<String> header, InputStream body, BodyIntake intake, int most, Supplier<Problem> tooLong) {
        int length = length(header.apply("Content-Length"), most);
        if (length > most) {
            throw tooLong.get();
        }
        try {
            byte[] bytes = intake.read(body, length);
            if (bytes.length > most) {
                throw tooLong.get();
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.of(ProblemCode.BAD_BODY, "The body could not be read to its end.");
        }
    }

    /** What a body can grow to: as announced, one more than the most for all that is longer, and the most where nothing is said. */
    private static int length(String announced, int most) {
        if (announced == null || !announced.matches("\\d+")) {
            return most;
        }
        boolean longer = announced.length() > String.valueOf(most).length() || Long.parseLong(announced) > most;
        return longer ? most + 1 : Integer.parseInt(announced);
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
