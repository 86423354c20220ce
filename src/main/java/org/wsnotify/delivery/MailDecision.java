package org.wsnotify.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.wsnotify.inbox.Devices;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.MailPlan;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.outbox.PresenceReporter;
import org.wsnotify.presence.Whereabouts;
import org.wsnotify.story.DecisionRecorder;

/**
 * Decides which recipients are owed a mail, and owes it.
 *
 * <p>An offline recipient is owed a mail at once. The mail to a recipient who seems to be online is held for a sign of
 * life (docs/decisions/0003). No method waits for a mail server. Safe for use by many threads.
 */
public final class MailDecision {

    /**
     * Is told that mail was owed, and when it is due. Must not block. If it throws, the mail waits until the outbox is
     * next checked.
     */
    @FunctionalInterface
    public interface MailOwed {
        void dueIn(Duration delay);
    }

    private static final System.Logger LOG = System.getLogger(MailDecision.class.getName());

    private final MailOutbox outbox;
    private final Devices devices;
    private final MailPolicy policy;
    private final DecisionRecorder decisions;
    private final PresenceConfirmation presenceConfirmation;
    private final PresenceReporter presenceReporter;
    private final MailOwed mailOwed;

    public MailDecision(
            MailOutbox outbox,
            Devices devices,
            MailPolicy policy,
            DecisionRecorder decisions,
            PresenceConfirmation presenceConfirmation,
            PresenceReporter presenceReporter,
            MailOwed mailOwed) {
        this.outbox = outbox;
        this.devices = devices;
        this.policy = policy;
        this.decisions = decisions;
        this.presenceConfirmation = presenceConfirmation;
        this.presenceReporter = presenceReporter;
        this.mailOwed = mailOwed;
    }

    /**
     * Decides on the mail to each recipient, in the order given. Nothing is owed yet.
     *
     * @param where where the recipients are on other servers
     */
    List<Receipt.Line> decide(
            Publication publication, List<Notification> notifications, Whereabouts where, Instant now) {
        List<Receipt.Line> lines = new ArrayList<>(notifications.size());
        for (int i = 0; i < notifications.size(); i++) {
            Recipient recipient = publication.recipients().get(i);
            boolean online = devices.isOnline(recipient.userId()) || where.isOnline(recipient.userId());
            boolean force =
                    publication.mail().filter(Publication.MailRequest::force).isPresent();
            Receipt.MailStatus mail =
                    mailTo(recipient.userId(), publication.mailIntent(recipient), force, online, where, now);
            if (mail == Receipt.MailStatus.ONLINE) {
                decisions.present(notifications.get(i).key());
            }
            lines.add(new Receipt.Line(recipient.userId(), notifications.get(i).id(), online, mail));
        }
        return lines;
    }

    private Receipt.MailStatus mailTo(
            String userId, MailIntent intent, boolean force, boolean online, Whereabouts where, Instant now) {
        return switch (intent) {
            case NONE -> Receipt.MailStatus.NONE;
            case MISSING -> Receipt.MailStatus.MISSING;
            case INVALID -> Receipt.MailStatus.INVALID;
            case REQUESTED -> force ? Receipt.MailStatus.OWED : mailTo(userId, online, where, now);
        };
    }

    /** Returns whether mail of a publication may be held for a sign of life of its recipients. */
    boolean mayHold(Publication publication) {
        return !policy.hold().isZero()
                && publication.mail().filter(request -> !request.force()).isPresent();
    }

    /** A user whose connection broke a moment ago is probably reloading the page. */
    private Receipt.MailStatus mailTo(String userId, boolean online, Whereabouts where, Instant now) {
        if (policy.hold().isZero()) {
            return online ? Receipt.MailStatus.ONLINE : Receipt.MailStatus.OWED;
        }
        return online || awaited(userId, where).isAfter(now) ? Receipt.MailStatus.HELD : Receipt.MailStatus.OWED;
    }

    /** Returns until when a user whose connection broke may be back. */
    private Instant awaited(String userId, Whereabouts where) {
        return devices.brokeAt(userId, where)
                .map(broke -> broke.plus(policy.hold()))
                .orElse(Instant.MIN);
    }

    /** Mail is held for the usual time, and for those who are on their way from a server that stops a little longer. */
    private Instant heldUntil(List<Addressee> held, Whereabouts where, Instant now) {
        return held.stream()
                .map(one -> awaited(one.userId(), where))
                .filter(now.plus(policy.hold())::isBefore)
                .max(Instant::compareTo)
                .map(until -> until.truncatedTo(ChronoUnit.MILLIS))
                .orElse(now.plus(policy.hold()));
    }

    /**
     * Returns the entries of the outbox for the mail that was decided on. Held mail waits until {@link #wake} or {@link
     * #notPushed}. Of a repeated publication, some mail may be owed already; it is not owed again.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException if it cannot be read what is owed already
     */
    List<OutboxEntry<OwedMail>> plan(Delivery delivery, Instant now) {
        Publication publication = delivery.publication();
        if (publication.mail().isEmpty()) {
            return List.of();
        }
        List<Addressee> owed = new ArrayList<>();
        List<Addressee> held = new ArrayList<>();
        for (int i = 0; i < delivery.lines().size(); i++) {
            Receipt.Line line = delivery.lines().get(i);
            String email = publication.recipients().get(i).email();
            switch (line.mail()) {
                case OWED -> owed.add(Addressee.waiting(line.userId(), line.id(), email));
                case HELD -> held.add(Addressee.waiting(line.userId(), line.id(), email));
                case NONE, ONLINE, SCHEDULED, INVALID, MISSING -> {}
            }
        }
        shareWithThoseAway(owed, held);
        MailPlan plan = new MailPlan(
                delivery.firstId(),
                publication.mail().get().mail(),
                now,
                policy.maxRecipients(),
                delivery.repeated() ? outbox.addresseesOf(delivery.firstId()) : Map.of());
        List<OutboxEntry<OwedMail>> entries =
                new ArrayList<>(plan.owe(owed, publication.mail().get().force()));
        entries.addAll(plan.holdBack(held, heldUntil(held, delivery.where(), now)));
        if (!held.isEmpty() || delivery.repeated()) {
            presenceConfirmation.expected(delivery.firstId());
        }
        return entries;
    }

    /**
     * Moves those who share an address with somebody who is away: the address gets the mail if either has not seen it,
     * and only once.
     */
    private static void shareWithThoseAway(List<Addressee> owed, List<Addressee> held) {
        if (owed.isEmpty() || held.isEmpty()) {
            return;
        }
        Set<Object> away =
                owed.stream().map(one -> MailPlan.address(one.email())).collect(Collectors.toSet());
        Map<Boolean, List<Addressee>> sharing =
                held.stream().collect(Collectors.partitioningBy(one -> away.contains(MailPlan.address(one.email()))));
        owed.addAll(sharing.get(true));
        held.clear();
        held.addAll(sharing.get(false));
    }

    /**
     * Owes mail durably.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException if some mail may not be owed; repeating is safe
     */
    void owe(List<OutboxEntry<OwedMail>> entries) {
        if (!entries.isEmpty()) {
            outbox.owe(entries);
        }
    }

    /** Notes that the publication with this first id has failed. */
    void notPushed(String firstId) {
        presenceConfirmation.notPushed(firstId);
    }

    /**
     * Probes the recipients here whose mail is held, and has mail sent when it is due. Called after the push. Where
     * there are other servers, the answers are stored: another one may have to judge.
     */
    void wake(String publication, List<Receipt.Line> lines) {
        presenceConfirmation.asked(publication);
        List<String> held = new ArrayList<>();
        boolean owed = false;
        for (Receipt.Line line : lines) {
            owed |= line.mail() == Receipt.MailStatus.OWED;
            if (line.mail() == Receipt.MailStatus.HELD) {
                held.add(line.userId());
            }
        }
        presenceReporter.watch(publication, held);
        held.forEach(devices::probe);
        if (owed) {
            tell(Duration.ZERO);
        }
        if (!held.isEmpty()) {
            tell(policy.hold());
        }
    }

    private void tell(Duration delay) {
        try {
            mailOwed.dueIn(delay);
        } catch (RuntimeException e) { // the mail is owed, which is all that was promised
            LOG.log(System.Logger.Level.DEBUG, "mail waits until the outbox is next checked: {0}", e.toString());
        }
    }
}
