package org.wsnotify.websocket;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;

/**
 * Switches off the idle timeout of WebSocket sessions before the first one opens. The heartbeat finds dead connections.
 *
 * <p>Payara's engine schedules a timer for each frame, and a cancelled timer keeps its session in the heap until its
 * time has come. So a client that sends pongs could fill the heap. Without a timeout the timer runs at once and does
 * nothing. The timeout must not be set on a session: a timer scheduled earlier may then close it.
 */
@WebListener
public class IdleTimeout implements ServletContextListener {

    private static final long NEVER = 0;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServerContainer container =
                (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
        container.setDefaultMaxSessionIdleTimeout(NEVER);
    }
}
