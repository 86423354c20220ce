package org.wsnotify.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Serves the scripts that pages of other sites load: the bell and the SockJS clients. The servers themselves would
 * neither compress them nor know them by their content.
 */
@WebServlet({"/bell.js", "/bell/*", "/sockjs/*"})
public class ScriptServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String BELL = "/bell.js";

    private transient Map<String, Script> scripts;

    @Override
    public void init() throws ServletException {
        Map<String, Script> found = new HashMap<>();
        try {
            // All others have a hash or a version in their address.
            found.put(BELL, script(BELL, Script.ASK));
            collect("/bell/", found);
            collect("/sockjs/", found);
        } catch (IOException e) {
            throw new ServletException("a script of the WAR could not be read", e);
        }
        scripts = Map.copyOf(found);
    }

    private void collect(String folder, Map<String, Script> found) throws IOException {
        Set<String> paths = getServletContext().getResourcePaths(folder);
        for (String path : paths == null ? Set.<String>of() : paths) {
            if (path.endsWith("/")) {
                collect(path, found);
            } else {
                found.put(path, script(path, Script.FOREVER));
            }
        }
    }

    private Script script(String path, String caching) throws IOException {
        ServletContext context = getServletContext();
        try (InputStream content = context.getResourceAsStream(path)) {
            return new Script(content.readAllBytes(), caching);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Script script = scripts.get(RequestTarget.of(request).path());
        if (script == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            script.answer(request, response);
        }
    }

    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        doGet(request, response);
    }
}
