package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.outbox.Outbox;

/** Chooses the store. */
@ApplicationScoped
public class StoreProducer {

    private static final System.Logger LOG = System.getLogger(StoreProducer.class.getName());

    @Inject
    Settings settings;

    @Produces
    @Singleton
    Stores stores() {
        try {
            return settings.mongodbUri()
                    .<Stores>map(uri -> new MongoStores(uri, settings.mongodbDatabase()))
                    .orElseGet(() -> new EmbeddedStores(settings.embeddedDirectory()));
        } catch (SettingsException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot start: {0}", e.getMessage());
            throw e;
        }
    }

    @Produces
    @Singleton
    NotificationStore notifications(Stores stores) {
        return stores.notifications();
    }

    @Produces
    @Singleton
    Outbox outbox(Stores stores) {
        return stores.outbox();
    }

    @Produces
    @Singleton
    IdempotencyStore idempotency(Stores stores) {
        return stores.idempotency();
    }
}
