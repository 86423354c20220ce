package org.wsnotify.sockjs.servlet;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The SockJS service of the notifications. */
@WebServlet(urlPatterns = "/notification/*", asyncSupported = true)
public class NotificationServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient SockJsHandler handler;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        handler.handle(request, response);
    }
}
