package org.wsnotify.servlet;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * Bounds what the server itself logs about requests and connections that break: strangers can cause that as often as
 * they like, and Payara writes hundreds of lines each time.
 *
 * <p>Each of these loggers writes one record a minute, from the start of the application to its end. The same names on
 * another server log nothing.
 */
@WebListener
public class ContainerLog implements ServletContextListener {

    /**
     * Where Payara logs an answer to nobody (two of them), a body that breaks off, one with broken chunks, and a frame
     * that is too large.
     */
    private static final List<String> NAMES = List.of(
            "jakarta.enterprise.web",
            "jakarta.enterprise.web.core",
            "org.glassfish.jersey.server.ServerRuntime$Responder",
            "org.glassfish.grizzly.filterchain.DefaultFilterChain",
            "org.glassfish.tyrus.core.TyrusEndpointWrapper");

    /** Kept: the log manager forgets a logger, and its filter, that nobody holds. */
    private final List<Logger> loggers = new ArrayList<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        for (String name : NAMES) {
            Logger logger = Logger.getLogger(name);
            logger.setFilter(new RareTroubles(logger.getFilter(), Clock.systemUTC()));
            loggers.add(logger);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        for (Logger logger : loggers) {
            if (logger.getFilter() instanceof RareTroubles ours) {
                logger.setFilter(ours.before());
            }
        }
    }
}
