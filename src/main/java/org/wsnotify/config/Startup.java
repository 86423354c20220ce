package org.wsnotify.config;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import org.wsnotify.login.Authenticator;
import org.wsnotify.meter.Meters;
import org.wsnotify.outbox.OutboxWorker;

/**
 * Starts the application, in order: prepares the store, takes the signals that end the process, and begins the regular
 * work. If settings cannot work, logs them and refuses all requests instead.
 */
@ApplicationScoped
public class Startup {

    private static final System.Logger LOG = System.getLogger(Startup.class.getName());

    @Inject
    Settings settings;

    @Inject
    StartFaults faults;

    @Inject
    Stores stores;

    @Inject
    Authenticator authenticator;

    /** Creating it finds the faults of the mail settings, which must be known when the application is deployed. */
    @Inject
    OutboxWorker mail;

    @Inject
    Meters meters;

    @Inject
    StorePreparation preparation;

    @Inject
    MaintenanceSchedule maintenance;

    @Inject
    Shutdown shutdown;

    void deployed(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.APPLICATION) Object event) {
        PayaraRequests.neverReuse();
        if (faults.sentences().isEmpty()) {
            start();
        } else {
            refuse();
        }
    }

    private void start() {
        meters.stored(0); // creates the meters before anything is counted
        preparation.begin();
        shutdown.onEndOfProcess();
        maintenance.begin();
        LOG.log(
                System.Logger.Level.INFO,
                "started: notifications are kept in {0}; mail goes to {1}; users come from {2}; {3} may publish; {4}",
                stores.description(),
                settings.mail().destination(),
                authenticator.description(),
                settings.publishing().callers(),
                settings.retention().rules().sentence());
    }

    /** Throws nothing: the server would log an exception several times, in hundreds of lines. */
    private void refuse() {
        shutdown.withoutStart();
        shutdown.onEndOfProcess();
        LOG.log(System.Logger.Level.ERROR, "cannot start: {0}", String.join("\n    ", faults.sentences()));
    }
}
