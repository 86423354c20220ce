package org.wsnotify.sockjs.servlet;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;

/** The SockJS service of the notifications. */
@WebServlet(urlPatterns = "/notification/*", asyncSupported = true)
public class NotificationServlet extends SockJsServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient SockJsWriter writer;

    @Override
    public void init() {
        serve(writer.service(), writer.executor(), writer.intake());
    }
}
