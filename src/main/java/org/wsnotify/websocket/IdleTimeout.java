package org.wsnotify.websocket;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.server.ServerContainer;

/**
 * Switches off the idle timeout of WebSocket sessions before the first one opens. The heartbeat finds dead connections.
 *
 * <p>Payara's engine starts a timer for each frame, whatever the timeout is. A timer that was cancelled keeps its session
 * in the heap until its time has come, so a client that sends pongs could fill the heap. And without a timeout, each
 * timer costs a hand-off to another thread, a quarter of the processor time of a push to many. So the timers are left out, too: see
 * {@link TyrusTimers}. The timeout must not be set on a session: a timer that was started earlier may then close it.
 */
@WebListener
public class IdleTimeout implements ServletContextListener {

    private static final long NEVER = 0;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServerContainer container =
                (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
        container.setDefaultMaxSessionIdleTimeout(NEVER);
        TyrusTimers.leaveOut(container);
    }
}
