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
import org.wsnotify.delivery.Pusher;
import org.wsnotify.inbox.CountsRefresher;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.Inbox;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.UnseenLedger;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.smtp.MailWorkerBean;

/** Puts the core together. */
@ApplicationScoped
public class DeliveryProducer {

    /** So much text is given in one answer to {@code unseen}; what is left over is in the pages. */
    private static final long UNSEEN_CHARACTERS = 4_000_000;

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
    Devices devices(SessionRegistry registry) {
        return new Devices(registry);
    }

    @Produces
    @Singleton
    NotificationIds ids(Clock clock) {
        return new NotificationIds(clock);
    }

    @Produces
    @Singleton
    UnseenLedger ledger(NotificationStore store) {
        return new UnseenLedger(store, settings.sessions().unseen());
    }

    @Produces
    @Singleton
    CountsRefresher refresher(UnseenLedger ledger, Devices devices) {
        return new CountsRefresher(ledger, devices, threads.storeTimers());
    }

    @Produces
    @Singleton
    Inbox inbox(NotificationStore store, UnseenLedger ledger, CountsRefresher refresher, Devices devices, Clock clock) {
        var limits = new Inbox.Limits(
                settings.sessions().pageSize(), settings.sessions().unseen(), UNSEEN_CHARACTERS);
        return new Inbox(store, ledger, refresher, devices, limits, clock);
    }

    @Produces
    @Singleton
    MailDecision mailDecision(MailOutbox outbox, Devices devices, PresenceConfirmation presenceConfirmation) {
        var policy =
                new MailDecision.Policy(settings.mail().chunk(), settings.mail().hold());
        return new MailDecision(outbox, devices, policy, presenceConfirmation, this::wakeMail);
    }

    @Produces
    @Singleton
    Pusher pusher(Devices devices, CountsRefresher refresher, Meters meters) {
        return new Pusher(devices, refresher, meters);
    }

    @Produces
    @Singleton
    Notifier notifier(
            NotificationStore store,
            MailDecision mails,
            UnseenLedger ledger,
            Pusher pusher,
            NotificationIds ids,
            Clock clock,
            Meters meters) {
        return new Notifier(store, mails, ledger, pusher, ids, clock, meters);
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
