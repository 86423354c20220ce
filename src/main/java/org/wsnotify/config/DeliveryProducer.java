package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.IdempotentNotifier;
import org.wsnotify.delivery.MailDecision;
import org.wsnotify.delivery.Notifier;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduledDelivery;
import org.wsnotify.delivery.StoredPushes;
import org.wsnotify.delivery.UnfinishedPublications;
import org.wsnotify.inbox.AnswerLimits;
import org.wsnotify.inbox.ConnectedUsers;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.meter.Meters;
import org.wsnotify.meter.StoreGauge;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.operator.Stories;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.outbox.PresenceReporter;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.StoreClock;
import org.wsnotify.presence.ThisNode;
import org.wsnotify.relay.Relay;
import org.wsnotify.retention.RetentionStore;
import org.wsnotify.retention.Sweeper;
import org.wsnotify.retraction.Retraction;
import org.wsnotify.retraction.RetractionStore;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.smtp.MailWakeUp;
import org.wsnotify.smtp.MailWorkerBean;
import org.wsnotify.story.DecisionRecorder;
import org.wsnotify.story.StoryStore;

/** Creates the inbox and the delivery of notifications. */
@ApplicationScoped
public class DeliveryProducer {

    @Inject
    Settings settings;

    @Inject
    Threads threads;

    @Inject
    Instance<MailWorkerBean> mailWorker;

    @Produces
    @Singleton
    ConnectedUsers connectedUsers(
            SessionRegistry registry,
            NotificationStore store,
            StoreClock clock,
            Meters meters,
            DecisionRecorder decisions) {
        return ConnectedUsers.of(
                registry, store, settings.connections().unseenLimit(), clock, threads.storeTimers(), meters, decisions);
    }

    @Produces
    @Singleton
    Devices devices(SessionRegistry registry, ConnectedUsers users, Presence presence, Relay relay, StoreClock clock) {
        return new Devices(registry, users, presence, relay, clock);
    }

    @Produces
    @Singleton
    NotificationIds ids(StoreClock clock, ThisNode self) {
        return new NotificationIds(clock, self);
    }

    @Produces
    @Singleton
    Retraction retraction(RetractionStore store, ScheduleStore schedule, Devices devices, StoreClock clock) {
        return new Retraction(store, schedule::withdraw, devices, clock);
    }

    @Produces
    @Singleton
    DecisionRecorder decisions(StoryStore store, ThisNode self, StoreClock clock) {
        return new DecisionRecorder(store, self, clock);
    }

    @Produces
    @Singleton
    Stories stories(StoryStore store, MailOutbox outbox) {
        return new Stories(store, outbox);
    }

    @Produces
    @Singleton
    Sweeper sweeper(RetentionStore store, Devices devices, StoreClock clock, Presence presence) {
        return new Sweeper(
                store,
                settings.retention().rules(),
                devices,
                clock,
                presence::isFirst,
                threads::mayKeepHouse,
                Threads::pause);
    }

    @Produces
    @Singleton
    StoreGauge<Long> scheduleGauge(ScheduleStore store) {
        return new StoreGauge<>(store::size);
    }

    @Produces
    @Singleton
    Inbox inbox(NotificationStore store, ConnectedUsers users, Devices devices, StoreClock clock) {
        var limits = new AnswerLimits(
                settings.connections().pageSize(), settings.connections().unseenLimit());
        return new Inbox(store, users, devices, limits, clock);
    }

    @Produces
    @Singleton
    MailDecision mailDecision(
            MailOutbox outbox,
            Devices devices,
            DecisionRecorder decisions,
            PresenceConfirmation confirmation,
            PresenceReporter reporter) {
        return new MailDecision(
                outbox,
                devices,
                settings.mail().policy(),
                decisions,
                confirmation,
                reporter,
                new MailWakeUp(() -> mailWorker.get().drain(), threads.timers()));
    }

    @Produces
    @Singleton
    StoredPushes storedPushes(NotificationStore store, Devices devices, StoreClock clock) {
        return new StoredPushes(store, devices, clock);
    }

    @Produces
    @Singleton
    UnfinishedPublications unfinishedPublications(
            StoredPushes pushes, Devices devices, PresenceConfirmation confirmation, PresenceReporter reporter) {
        return new UnfinishedPublications(pushes, devices, confirmation, reporter);
    }

    @Produces
    @Singleton
    Notifier notifier(
            NotificationStore store,
            RetractionStore retractions,
            ScheduleStore schedule,
            MailDecision mails,
            Devices devices,
            StoredPushes pushes,
            UnfinishedPublications unfinished,
            NotificationIds ids,
            StoreClock clock,
            Meters meters) {
        return new Notifier(store, retractions, schedule, mails, devices, pushes, unfinished, ids, clock, meters);
    }

    @Produces
    @Singleton
    ScheduledDelivery scheduledDelivery(
            ScheduleStore store, Notifier notifier, Retraction retraction, StoreClock clock) {
        return new ScheduledDelivery(store, notifier, retraction, clock, threads.storeTimers(), threads::mayKeepHouse);
    }

    @Produces
    @Singleton
    IdempotentNotifier idempotentNotifier(Notifier notifier, IdempotencyStore store, StoreClock clock) {
        return new IdempotentNotifier(notifier, store, clock, threads.storeTimers());
    }
}
