package org.wsnotify.websocket;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;

/**
 * Switches the idle timeout of WebSocket sessions off before the first one opens; our own heartbeat finds dead
 * connections.
 *
 * <p>For each frame that is sent or received, Payara's engine schedules a timer anew, and a cancelled timer keeps its
 * session in the heap until its time has come: a client that sends pongs could fill the heap. Without a timeout the
 * timer runs at once and does nothing. It must not be set on a session: the timer scheduled before that closes some of
 * them.
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
