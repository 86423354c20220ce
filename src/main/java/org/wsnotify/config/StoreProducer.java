package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.outbox.MailOutbox;

/** Creates the stores that the settings choose. */
@ApplicationScoped
public class StoreProducer {

    @Inject
    Settings settings;

    @Inject
    StartFaults faults;

    @Produces
    @Singleton
    Stores stores() {
        return faults.unlessAny(this::chosen, NoStores::new);
    }

    private Stores chosen() {
        StoreSettings store = settings.store();
        return store.mongodbUri()
                .<Stores>map(uri -> new MongoStores(uri, store.mongodbDatabase()))
                .orElseGet(() -> new EmbeddedStores(store.embeddedDirectory(), store.embeddedAcceptOlder()));
    }

    @Produces
    @Singleton
    NotificationStore notifications(Stores stores) {
        return stores.notifications();
    }

    @Produces
    @Singleton
    MailOutbox outbox(Stores stores) {
        return stores.outbox();
    }

    @Produces
    @Singleton
    IdempotencyStore idempotency(Stores stores) {
        return stores.idempotency();
    }
}
