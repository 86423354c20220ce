package org.wsnotify.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.inbox.UnseenCounts;
import org.wsnotify.inbox.UnseenLedger;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.MailPlan;
import org.wsnotify.outbox.Outbox;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.session.Envelope;
import org.wsnotify.session.SessionRegistry;

/**
 * Delivers a publication: stores the notifications, owes the mail, pushes to whoever is connected. The one orchestrator.
 *
 * <p>Storing and owing are durable before anything is pushed or answered. Pushing only queues, and nobody waits for a mail server. Safe for
 * use by many threads.
 */
public final class Notifier {

    /** Told that mail was owed, and in how long it is due; must not block. */
    @FunctionalInterface
    public interface MailOwed {
        void dueIn(Duration delay);
    }

    /**
     * How mail is cut and held.
     *
     * @param chunk most recipients of one mail
     * @param hold how long the mail for somebody who seems to be looking waits for a sign of life; zero: such a mail is not owed at all
     */
    public record MailPolicy(int chunk, Duration hold) {}

    private final NotificationStore store;
    private final Outbox outbox;
    private final SessionRegistry registry;
    private final UnseenLedger ledger;
    private final CountsRefresher refresher;
    private final NotificationIds ids;
    private final MailPolicy policy;
    private final MailOwed mailOwed;
    private final Meters meters;
    private final Clock clock;

    private Notifier(Builder builder) {
        this.store = builder.store;
        this.outbox = builder.outbox;
        this.registry = builder.registry;
        this.ledger = builder.ledger;
        this.refresher = builder.refresher;
        this.ids = builder.ids;
        this.policy = builder.policy;
        this.mailOwed = builder.mailOwed;
        this.meters = builder.meters;
        this.clock = builder.clock;
    }

    /** Delivers a publication under new ids. */
    public Receipt publish(Publication publication) {
        if (publication.recipients().isEmpty()) {
            return new Receipt(List.of());
        }
        return publish(publication, ids.reserve(publication.recipients().size()), false);
    }

    /**
     * Delivers a publication under given ids.
     *
     * @param firstId the first of as many consecutive ids as there are recipients
     * @param repeated whether some of it may have been done before: what is stored already is not stored again
     * @throws org.wsnotify.inbox.StoreUnavailableException not everything is known to be stored; repeating with the same id is safe
     */
    Receipt publish(Publication publication, String firstId, boolean repeated) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Notification> notifications = notifications(publication, firstId, now);
        var users = new LinkedHashSet<String>();
        notifications.forEach(notification -> users.add(notification.userId()));
        List<Receipt.Line> lines;
        try (UnseenLedger.Change change = ledger.begin(users)) {
            lines = storeAndOwe(publication, notifications, now, repeated, change);
            if (repeated) {
                change.doubt();
            }
            notifications.forEach(notification -> push(notification, change));
        }
        publication.mail().ifPresent(request -> wake(lines));
        meters.stored(notifications.size());
        return new Receipt(lines);
    }

    private List<Receipt.Line> storeAndOwe(
            Publication publication,
            List<Notification> notifications,
            Instant now,
            boolean repeated,
            UnseenLedger.Change change) {
        try {
            store.store(notifications);
            List<Receipt.Line> lines = lines(publication, notifications, now);
            owe(publication, lines, now, repeated);
            return lines;
        } catch (RuntimeException e) {
            change.doubt();
            throw e;
        }
    }

    private static List<Notification> notifications(Publication publication, String firstId, Instant now) {
        List<Notification> notifications =
                new ArrayList<>(publication.recipients().size());
        for (Recipient recipient : publication.recipients()) {
            String id = NotificationIds.plus(firstId, notifications.size());
            notifications.add(Notification.unseen(id, recipient.userId(), publication.message(), now));
        }
        return notifications;
    }

    private List<Receipt.Line> lines(Publication publication, List<Notification> notifications, Instant now) {
        List<Receipt.Line> lines = new ArrayList<>(notifications.size());
        for (Notification notification : notifications) {
            String user = notification.userId();
            boolean online = registry.isOnline(user);
            Receipt.MailStatus mail = publication
                    .mail()
                    .map(request -> request.force() ? Receipt.MailStatus.OWED : mailTo(user, online, now))
                    .orElse(Receipt.MailStatus.NONE);
            lines.add(new Receipt.Line(user, notification.id(), online, mail));
        }
        return lines;
    }

    /** Somebody whose connection broke a moment ago is probably reloading the page. */
    private Receipt.MailStatus mailTo(String userId, boolean online, Instant now) {
        if (policy.hold().isZero()) {
            return online ? Receipt.MailStatus.ONLINE : Receipt.MailStatus.OWED;
        }
        boolean reloading = registry.departure(userId)
                .filter(gone -> gone.at().plus(policy.hold()).isAfter(now))
                .isPresent();
        return online || reloading ? Receipt.MailStatus.HELD : Receipt.MailStatus.OWED;
    }

    private void owe(Publication publication, List<Receipt.Line> lines, Instant now, boolean repeated) {
        if (publication.mail().isEmpty()) {
            return;
        }
        List<Recipient> owed = new ArrayList<>();
        List<Recipient> held = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            switch (lines.get(i).mail()) {
                case OWED -> owed.add(publication.recipients().get(i));
                case HELD -> held.add(publication.recipients().get(i));
                case NONE, ONLINE -> {}
            }
        }
        String firstId = lines.get(0).id();
        MailPlan plan = new MailPlan(
                firstId,
                publication.mail().get().mail(),
                now,
                policy.chunk(),
                repeated ? outbox.addresseesOf(firstId) : Map.of());
        List<OutboxEntry> entries = new ArrayList<>(plan.owe(owed));
        entries.addAll(plan.holdBack(held, now.plus(policy.hold())));
        if (!entries.isEmpty()) {
            outbox.owe(entries);
        }
    }

    private void push(Notification notification, UnseenLedger.Change change) {
        String user = notification.userId();
        Optional<UnseenCounts> counts =
                change.published(user, notification.message().type());
        int sessions = registry.push(user, Envelope.Notifications.push(notification, counts));
        if (sessions > 0) {
            meters.pushed(sessions);
            if (counts.isEmpty()) {
                refresher.refreshSoon(user);
            }
        }
    }

    private void wake(List<Receipt.Line> lines) {
        boolean held = false;
        boolean owed = false;
        for (Receipt.Line line : lines) {
            owed |= line.mail() == Receipt.MailStatus.OWED;
            if (line.mail() == Receipt.MailStatus.HELD) {
                held = true;
                registry.probe(line.userId());
            }
        }
        if (owed) {
            mailOwed.dueIn(Duration.ZERO);
        }
        if (held) {
            mailOwed.dueIn(policy.hold());
        }
    }

    /** Puts a notifier together; every part is required. */
    public static final class Builder {
        private NotificationStore store;
        private Outbox outbox;
        private SessionRegistry registry;
        private UnseenLedger ledger;
        private CountsRefresher refresher;
        private NotificationIds ids;
        private MailPolicy policy;
        private MailOwed mailOwed;
        private Meters meters;
        private Clock clock;

        public Builder stores(NotificationStore notifications, Outbox mails) {
            this.store = notifications;
            this.outbox = mails;
            return this;
        }

        public Builder sessions(SessionRegistry sessions, UnseenLedger counts, CountsRefresher uncertainCounts) {
            this.registry = sessions;
            this.ledger = counts;
            this.refresher = uncertainCounts;
            return this;
        }

        public Builder mail(MailPolicy how, MailOwed whenOwed) {
            this.policy = how;
            this.mailOwed = whenOwed;
            return this;
        }

        public Builder clock(Clock time, NotificationIds notificationIds) {
            this.clock = time;
            this.ids = notificationIds;
            return this;
        }

        public Builder meters(Meters counted) {
            this.meters = counted;
            return this;
        }

        public Notifier build() {
            return new Notifier(this);
        }
    }
}
