package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
import org.wsnotify.outbox.Outbox;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.smtp.MailWorkerBean;

/** Puts the core together. */
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
        return ConnectedUsers.of(registry, store, settings.sessions().unseen(), clock, threads.storeTimers(), meters);
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
                settings.sessions().pageSize(), settings.sessions().unseen());
        return new Inbox(store, users, devices, limits, clock);
    }

    @Produces
    @Singleton
    MailDecision mailDecision(Outbox outbox, Devices devices, PresenceConfirmation signs) {
        var policy =
                new MailDecision.Policy(settings.mail().chunk(), settings.mail().hold());
        return new MailDecision(outbox, devices, policy, signs, this::wakeMail);
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

    @SuppressWarnings("FutureReturnValueIgnored") // the worker answers for itself
    private void wakeMail(Duration delay) {
        if (delay.isZero()) {
            mailWorker.get().drain();
        } else {
            threads.timers().schedule(() -> mailWorker.get().drain(), delay.toMillis() + 10, TimeUnit.MILLISECONDS);
        }
    }
}
