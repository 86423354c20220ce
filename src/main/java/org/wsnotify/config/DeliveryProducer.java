package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.IdempotentNotifier;
import org.wsnotify.delivery.MailDecision;
import org.wsnotify.delivery.Notifier;
import org.wsnotify.inbox.AnswerLimits;
import org.wsnotify.inbox.ConnectedUsers;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.smtp.MailWakeUp;
import org.wsnotify.smtp.MailWorkerBean;

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
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    ConnectedUsers connectedUsers(SessionRegistry registry, NotificationStore store, Clock clock, Meters meters) {
        return ConnectedUsers.of(
                registry, store, settings.connections().unseenLimit(), clock, threads.storeTimers(), meters);
    }

    @Produces
    @Singleton
    Devices devices(SessionRegistry registry, ConnectedUsers users) {
        return new Devices(registry, users);
    }

    @Produces
    @Singleton
    NotificationIds ids(Clock clock) {
        return new NotificationIds(clock);
    }

    @Produces
    @Singleton
    Inbox inbox(NotificationStore store, ConnectedUsers users, Devices devices, Clock clock) {
        var limits = new AnswerLimits(
                settings.connections().pageSize(), settings.connections().unseenLimit());
        return new Inbox(store, users, devices, limits, clock);
    }

    @Produces
    @Singleton
    MailDecision mailDecision(MailOutbox outbox, Devices devices, PresenceConfirmation confirmation) {
        return new MailDecision(
                outbox,
                devices,
                settings.mail().policy(),
                confirmation,
                new MailWakeUp(() -> mailWorker.get().drain(), threads.timers()));
    }

    @Produces
    @Singleton
    Notifier notifier(
            NotificationStore store,
            MailDecision mails,
            Devices devices,
            NotificationIds ids,
            Clock clock,
            Meters meters) {
        return new Notifier(store, mails, devices, ids, clock, meters);
    }

    @Produces
    @Singleton
    IdempotentNotifier idempotentNotifier(Notifier notifier, IdempotencyStore store, NotificationIds ids, Clock clock) {
        return new IdempotentNotifier(notifier, store, ids, clock, threads.storeTimers());
    }
}
