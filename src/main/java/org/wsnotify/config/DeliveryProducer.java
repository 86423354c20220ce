package org.wsnotify.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.wsnotify.delivery.CountsRefresher;
import org.wsnotify.delivery.IdempotencyStore;
import org.wsnotify.delivery.IdempotentNotifier;
import org.wsnotify.delivery.Inbox;
import org.wsnotify.delivery.MailDesk;
import org.wsnotify.delivery.Notifier;
import org.wsnotify.delivery.Pusher;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.UnseenLedger;
import org.wsnotify.mail.MailWorkerBean;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.outbox.Outbox;
import org.wsnotify.outbox.SignsOfLife;
import org.wsnotify.session.SessionRegistry;

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
    SessionRegistry registry;

    @Inject
    Instance<MailWorkerBean> mailWorker;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
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
    CountsRefresher refresher(UnseenLedger ledger) {
        return new CountsRefresher(ledger, registry, threads.storeTimers());
    }

    @Produces
    @Singleton
    Inbox inbox(NotificationStore store, UnseenLedger ledger, CountsRefresher refresher, Clock clock) {
        var limits = new Inbox.Limits(
                settings.sessions().pageSize(), settings.sessions().unseen(), UNSEEN_CHARACTERS);
        return new Inbox(store, ledger, refresher, registry, limits, clock);
    }

    @Produces
    @Singleton
    MailDesk mailDesk(Outbox outbox, SignsOfLife signs) {
        var policy =
                new MailDesk.Policy(settings.mail().chunk(), settings.mail().hold());
        return new MailDesk(outbox, registry, policy, signs, this::wakeMail);
    }

    @Produces
    @Singleton
    Pusher pusher(UnseenLedger ledger, CountsRefresher refresher, Meters meters) {
        return new Pusher(registry, ledger, refresher, meters);
    }

    @Produces
    @Singleton
    Notifier notifier(
            NotificationStore store, MailDesk mails, Pusher pusher, NotificationIds ids, Clock clock, Meters meters) {
        return new Notifier(store, mails, pusher, ids, clock, meters);
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
