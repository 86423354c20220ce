package org.wsnotify.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.wsnotify.problem.Problem;

/**
 * Replaces the error pages of the application server, which name its version and are always HTML. Answers with a
 * problem, or with a page if the client accepts HTML.
 */
@WebServlet(ErrorServlet.PATH)
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final System.Logger LOG = System.getLogger(ErrorServlet.class.getName());

    /** Stands as the location in {@code web.xml} too. */
    static final String PATH = "/error";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        Problem problem = Problem.ofServer(status(request));
        try {
            if (wantsPage(request)) {
                writePage(problem, response);
            } else {
                ProblemWriter.write(problem, response);
            }
        } catch (IOException e) { // often the very error: Payara would log it twice more
            LOG.log(System.Logger.Level.DEBUG, "a client left before it was told of an error: {0}", e.toString());
        }
    }

    /** A client that asks for this path itself gets 404. */
    private static int status(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return request.getDispatcherType() == DispatcherType.ERROR && status instanceof Integer number
                ? number
                : HttpServletResponse.SC_NOT_FOUND;
    }

    private static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    private static void writePage(Problem problem, HttpServletResponse response) throws IOException {
        String title = problem.title();
        byte[] page = ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title><h1>"
                        + problem.status() + " " + title + "</h1></html>")
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }
}
