package org.wsnotify.servlet;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Serves the page at {@code /}, which links to the demo only if it is enabled. */
@WebServlet("")
public class IndexServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String PAGE = "/WEB-INF/pages/index.html";
    private static final String DEMO_PART = "(?s)<!-- demo -->.*?<!-- /demo -->";

    @Inject
    transient AccessPolicy policy;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (InputStream page = getServletContext().getResourceAsStream(PAGE)) {
            String html = new String(page.readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = (policy.demo() ? html : html.replaceAll(DEMO_PART, "")).getBytes(StandardCharsets.UTF_8);
            response.setContentType("text/html;charset=UTF-8");
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }
    }
}
