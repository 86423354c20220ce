package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.wsnotify.notification.StoreUnavailableException;

/**
 * Prepares the store and registers this server in it. Tries again every five seconds as long as it cannot be reached.
 * The application starts meanwhile.
 */
@ApplicationScoped
public class StorePreparation {

    private static final System.Logger LOG = System.getLogger(StorePreparation.class.getName());
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(5);

    @Inject
    Stores stores;

    @Inject
    Threads threads;

    @Inject
    NodeLifecycle node;

    @Inject
    Readiness readiness;

    private volatile String lastTrouble;

    void begin() {
        try {
            stores.prepare();
            node.begin(readiness::storeIsPrepared);
        } catch (StoreUnavailableException e) {
            logIfNew(e.getMessage());
            threads.storeTaskLater(BETWEEN_ATTEMPTS, this::begin);
        }
    }

    private void logIfNew(String trouble) {
        if (!trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            LOG.log(System.Logger.Level.WARNING, "the store cannot be reached, trying again: {0}", trouble);
        }
    }
}
