package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.wsnotify.health.ServerStatus;

/** Tells the health checks whether the application has started, can use its store, or is stopping. */
@ApplicationScoped
public class Readiness implements ServerStatus {

    @Inject
    StartFaults faults;

    @Inject
    Stores stores;

    private volatile boolean storePrepared;
    private volatile boolean stopping;

    void storeIsPrepared() {
        storePrepared = true;
    }

    void applicationStops() {
        stopping = true;
    }

    @Override
    public Optional<String> storeTrouble() {
        if (!faults.sentences().isEmpty()) {
            return Optional.of("The server did not start; its log says why");
        }
        Optional<String> trouble = stores.trouble();
        return trouble.isEmpty() && !storePrepared ? Optional.of("The store is not prepared yet") : trouble;
    }

    @Override
    public boolean started() {
        return storePrepared;
    }

    @Override
    public boolean stopping() {
        return stopping;
    }
}
