package org.wsnotify.websocket;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;

/**
 * Sets the idle timeout of WebSocket sessions before the first one opens.
 *
 * <p>Payara's engine otherwise schedules an immediate task on every send. It must not be set on a session: the task scheduled before
 * that closes some of them. Our own heartbeat finds dead connections long before.
 */
@WebListener
public class IdleTimeout implements ServletContextListener {

    private static final long ONE_HOUR_MILLIS = 3_600_000;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServerContainer container =
                (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
        container.setDefaultMaxSessionIdleTimeout(ONE_HOUR_MILLIS);
    }
}
