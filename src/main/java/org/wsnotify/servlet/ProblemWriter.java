package org.wsnotify.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.wsnotify.problem.Problem;

/** Answers a request with a problem before any resource sees it. */
final class ProblemWriter {

    private ProblemWriter() {}

    static void write(Problem problem, HttpServletResponse response) throws IOException {
        response.setStatus(problem.status());
        problem.headers().forEach(response::setHeader);
        byte[] document = problem.json().getBytes(StandardCharsets.UTF_8);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }
}
