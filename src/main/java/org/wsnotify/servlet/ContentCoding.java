package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.wsnotify.problem.Problem;
import org.wsnotify.problem.ProblemCode;

/**
 * Refuses bodies with a {@code Content-Encoding} (RFC 9110, 8.4). Open Liberty would decompress one to a thousand times
 * its length; Payara would not decompress it.
 */
final class ContentCoding {

    private static final Problem CODED = Problem.of(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "A body must have no Content-Encoding.")
            .withHeader("Accept-Encoding", "identity") // RFC 7694
            .closing();

    private ContentCoding() {}

    static Optional<Problem> check(RequestTarget target, HttpServletRequest request) {
        String coding = request.getHeader("Content-Encoding");
        boolean plain = coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase("identity");
        return target.isPage() || plain ? Optional.empty() : Optional.of(CODED);
    }
}
