package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.erasure.UserDataStore;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.operator.Backups;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.NotificationFates;
import org.wsnotify.presence.NodeStore;
import org.wsnotify.presence.PresenceStore;
import org.wsnotify.presence.StoreClock;
import org.wsnotify.relay.RelayLog;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retraction.RetractionStore;
import org.wsnotify.story.StoryStore;

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
                .<Stores>map(uri -> new MongoStores(
                        uri,
                        settings.node().relayUri(),
                        store.mongodbDatabase(),
                        settings.retention().rules().removeSeen()))
                .orElseGet(() -> new EmbeddedStores(store));
    }

    @Produces
    @Singleton
    NotificationStore notifications(Stores stores) {
        return stores.notifications();
    }

    @Produces
    @Singleton
    RetractionStore retractions(Stores stores) {
        return stores.retractions();
    }

    @Produces
    @Singleton
    NotificationFates fates(Stores stores) {
        return stores.fates();
    }

    @Produces
    @Singleton
    RetentionStore retention(Stores stores) {
        return stores.retention();
    }

    @Produces
    @Singleton
    StoryStore stories(Stores stores) {
        return stores.stories();
    }

    @Produces
    @Singleton
    Backups backups(Stores stores) {
        return stores.backups();
    }

    @Produces
    @Singleton
    UserDataStore userData(Stores stores) {
        return stores.userData();
    }

    @Produces
    @Singleton
    ScheduleStore schedule(Stores stores) {
        return stores.schedule();
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

    @Produces
    @Singleton
    NodeStore nodes(Stores stores) {
        return stores.nodes();
    }

    @Produces
    @Singleton
    PresenceStore presence(Stores stores) {
        return stores.presence();
    }

    @Produces
    @Singleton
    RelayLog relay(Stores stores, StoreClock clock) {
        return stores.relay(clock);
    }
}
