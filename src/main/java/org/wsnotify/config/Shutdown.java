package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import org.wsnotify.delivery.PublicationQueue;
import org.wsnotify.outbox.OutboxWorker;
import org.wsnotify.servlet.AvailabilityGate;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.story.DecisionRecorder;

/**
 * Stops the application, in order: refuses sessions, reports to the readiness check, closes the sessions that are open,
 * waits for the mail under way, refuses new requests, waits for those under way, tells the other servers, and closes
 * the store.
 *
 * <p>The server and the end of the process may both ask for it. The first one stops the application; the second one
 * waits until that is done.
 */
@ApplicationScoped
public class Shutdown {

    private static final System.Logger LOG = System.getLogger(Shutdown.class.getName());
    private static final Duration TELLING_OTHERS = Duration.ofSeconds(5);
    private static final Duration WAIT_FOR_REQUESTS = Duration.ofSeconds(10);

    /** Load balancers then know that this server is gone: each 503 closes its connection. */
    private static final Duration REFUSING = Duration.ofSeconds(1);

    /** A mail that the server has taken is then stored as sent. */
    private static final Duration STORING_RESULT = Duration.ofSeconds(5);

    @Inject
    Settings settings;

    @Inject
    Stores stores;

    @Inject
    OutboxWorker mail;

    @Inject
    SessionRegistry registry;

    @Inject
    SessionClosing sessions;

    @Inject
    DecisionRecorder decisions;

    @Inject
    NodeLifecycle node;

    @Inject
    Threads threads;

    @Inject
    PublicationQueue publications;

    @Inject
    AvailabilityGate gate;

    @Inject
    Readiness readiness;

    @Inject
    ProcessEnd processEnd;

    private boolean stopped;

    /** Stops the application before the server, when the process is told to end. */
    void onEndOfProcess() {
        processEnd.stopFirst(this::stopWithProcess);
    }

    /** Refuses all requests and closes what was opened, in an application that cannot start. */
    synchronized void withoutStart() {
        stopped = true;
        mail.stop();
        registry.refuse();
        gate.neverOpen();
        stores.close();
    }

    /** Refuses requests for a while before the server, too, stops. */
    private void stopWithProcess() {
        try {
            stop();
        } finally {
            Threads.pause(REFUSING.toMillis());
            PayaraPorts.close();
        }
    }

    void undeployed(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stop();
        processEnd.forget();
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        gate.refuseSessions();
        readiness.applicationStops();
        LOG.log(System.Logger.Level.INFO, "stopping, with {0} open sessions", registry.size());
        node.stopping();
        registry.refuse();
        sessions.beforeStop();
        awaitMail();
        gate.close();
        finishRequests();
        decisions.record();
        node.end(TELLING_OTHERS);
        stores.close();
    }

    /** What has come is answered before the threads end that do it. */
    private void finishRequests() {
        long end = System.nanoTime() + WAIT_FOR_REQUESTS.toNanos();
        try {
            if (!gate.awaitIdle(until(end)) || !publications.awaitIdle(until(end))) {
                LOG.log(System.Logger.Level.WARNING, "stopped before all requests were answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.stop(until(end));
    }

    private static Duration until(long nanoTime) {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** A mail that the mail server takes but nobody records would be sent again. */
    private void awaitMail() {
        Duration longest = settings.mail().timeout().plus(STORING_RESULT);
        if (!mail.stop(longest)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a mail is still under way after {0}: it may be sent again after the next start",
                    longest);
        }
    }
}
