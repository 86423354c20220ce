package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.outbox.MailOutbox;

/** Chooses the store. */
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
        return settings.mongodbUri()
                .<Stores>map(uri -> new MongoStores(uri, settings.mongodbDatabase()))
                .orElseGet(() -> new EmbeddedStores(settings.embeddedDirectory(), settings.embeddedAcceptOlder()));
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
