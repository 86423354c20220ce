package org.wsnotify.servlet;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * Limits what the server itself logs about broken requests and connections: strangers can cause them at will, and
 * Payara writes hundreds of lines each time.
 *
 * <p>Each of these loggers writes one such record a minute while the application runs. Other servers do not use these
 * loggers.
 */
@WebListener
public class ContainerLog implements ServletContextListener {

    /**
     * The loggers of Payara for an answer to a closed connection (two), a body that breaks off, one with broken chunks,
     * and a frame that is too large.
     */
    private static final List<String> NAMES = List.of(
            "jakarta.enterprise.web",
            "jakarta.enterprise.web.core",
            "org.glassfish.jersey.server.ServerRuntime$Responder",
            "org.glassfish.grizzly.filterchain.DefaultFilterChain",
            "org.glassfish.tyrus.core.TyrusEndpointWrapper");

    /** Held here, because the log manager drops loggers, with their filters, that nobody references. */
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
