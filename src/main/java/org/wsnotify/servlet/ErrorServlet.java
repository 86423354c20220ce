package org.wsnotify.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Takes the place of the server's own error pages, which differ, name its version, and are HTML whoever asks: answers
 * {@code application/problem+json} (RFC 9457), and a page to a browser that asks for one.
 */
@WebServlet(ErrorServlet.PATH)
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final System.Logger LOG = System.getLogger(ErrorServlet.class.getName());

    /** Named as the location in {@code web.xml}. */
    static final String PATH = "/error";

    private static final Map<Integer, String> CODES = Map.of(
            400, "bad-request",
            403, "forbidden",
            404, "not-found",
            405, "method-not-allowed",
            413, "body-too-large",
            415, "unsupported-media-type");
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            413, "Content Too Large",
            415, "Unsupported Media Type");
    private static final Map<Integer, String> DETAILS = Map.of(
            400, "The request cannot be understood; its Content-Type or another header may be malformed.",
            404, "There is nothing at this path.",
            405, "This path does not take this method.");
    private static final int INTERNAL = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        int status = status(request);
        String title = TITLES.getOrDefault(status, status < INTERNAL ? "Bad Request" : "Internal Server Error");
        response.setStatus(status);
        if (wantsPage(request)) {
            write(response, "text/html;charset=UTF-8", page(status, title));
        } else {
            String code = CODES.getOrDefault(status, status < INTERNAL ? "bad-request" : "internal");
            write(
                    response,
                    "application/problem+json",
                    "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"code\":\"" + code
                            + "\",\"detail\":\"" + DETAILS.getOrDefault(status, title) + "\"}");
        }
    }

    /** Whoever asks for this path himself finds nothing here. */
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

    private static String page(int status, String title) {
        return "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title>" + "<h1>" + status
                + " " + title + "</h1></html>";
    }

    private static void write(HttpServletResponse response, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        try {
            response.getOutputStream().write(bytes);
        } catch (IOException e) { // often the very error: Payara would log it twice more
            LOG.log(System.Logger.Level.DEBUG, "a client was gone before its error was told: {0}", e.toString());
        }
    }
}
