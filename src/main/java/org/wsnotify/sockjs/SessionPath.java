package org.wsnotify.sockjs;

import java.util.Optional;
import org.wsnotify.form.MalformedFormException;
import org.wsnotify.form.PercentEncoding;

/**
 * The path {@code /server/session/transport} below a service; the server part has no meaning.
 *
 * @param session the id
 * @param last the name of the transport
 */
record SessionPath(String session, String last) {

    private static final int SEGMENTS = 3;

    /** @return empty for any other path */
    static Optional<SessionPath> parse(String path) {
        String[] raw = path.split("/", -1);
        if (raw.length != SEGMENTS + 1 || !raw[0].isEmpty()) {
            return Optional.empty();
        }
        String[] segments = new String[SEGMENTS];
        for (int i = 0; i < SEGMENTS; i++) {
            Optional<String> segment = decoded(raw[i + 1]).filter(SessionPath::isName);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments[i] = segment.get();
        }
        return Optional.of(new SessionPath(segments[1], segments[2]));
    }

    private static Optional<String> decoded(String segment) {
        try {
            return Optional.of(PercentEncoding.decode(segment));
        } catch (MalformedFormException e) {
            return Optional.empty();
        }
    }

    private static boolean isName(String segment) {
        return !segment.isEmpty() && segment.indexOf('.') < 0 && segment.indexOf('/') < 0;
    }
}
