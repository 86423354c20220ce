package org.wsnotify.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wsnotify.inbox.Devices;
import org.wsnotify.mail.EmailAddress;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.outbox.MailPlan;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;
import org.wsnotify.outbox.PresenceConfirmation;

/**
 * Decides who of the recipients is owed a mail, and owes it.
 *
 * <p>Whoever is away is owed one; the mail of whoever seems to be there is held for a sign of life
 * (docs/decisions/0003). Nobody waits here for a mail server. Safe for use by many threads.
 */
public final class MailDecision {

    /**
     * Told that mail was owed, and in how long it is due; must not block. Whatever it throws, the mail goes out when
     * the outbox is looked through next.
     */
    @FunctionalInterface
    public interface MailOwed {
        void dueIn(Duration delay);
    }

    /**
     * How mail is cut and held.
     *
     * @param chunk most recipients of one mail
     * @param hold how long the mail for somebody who seems to be looking waits for a sign of life; zero: such a mail is
     *     not owed at all
     */
    public record Policy(int chunk, Duration hold) {}

    private static final System.Logger LOG = System.getLogger(MailDecision.class.getName());

    private final MailOutbox outbox;
    private final Devices devices;
    private final Policy policy;
    private final PresenceConfirmation presenceConfirmation;
    private final MailOwed mailOwed;

    public MailDecision(
            MailOutbox outbox,
            Devices devices,
            Policy policy,
            PresenceConfirmation presenceConfirmation,
            MailOwed mailOwed) {
        this.outbox = outbox;
        this.devices = devices;
        this.policy = policy;
        this.presenceConfirmation = presenceConfirmation;
        this.mailOwed = mailOwed;
    }

    /** What becomes of the mail to each recipient, in the order given; nothing is owed yet. */
    List<Receipt.Line> decide(Publication publication, List<Notification> notifications, Instant now) {
        List<Receipt.Line> lines = new ArrayList<>(notifications.size());
        for (int i = 0; i < notifications.size(); i++) {
            Recipient recipient = publication.recipients().get(i);
            boolean online = devices.isOnline(recipient.userId());
            Receipt.MailStatus mail = publication
                    .mail()
                    .map(request -> mailTo(recipient, request.force(), online, now))
                    .orElse(Receipt.MailStatus.NONE);
            lines.add(new Receipt.Line(recipient.userId(), notifications.get(i).id(), online, mail));
        }
        return lines;
    }

    private Receipt.MailStatus mailTo(Recipient recipient, boolean force, boolean online, Instant now) {
        if (recipient.email().isBlank()) {
            return Receipt.MailStatus.MISSING;
        }
        if (!EmailAddress.isValid(recipient.email())) {
            return Receipt.MailStatus.INVALID;
        }
        return force ? Receipt.MailStatus.OWED : mailTo(recipient.userId(), online, now);
    }

    /** Somebody whose connection broke a moment ago is probably reloading the page. */
    private Receipt.MailStatus mailTo(String userId, boolean online, Instant now) {
        if (policy.hold().isZero()) {
            return online ? Receipt.MailStatus.ONLINE : Receipt.MailStatus.OWED;
        }
        boolean reloading = devices.brokeAt(userId)
                .filter(broke -> broke.plus(policy.hold()).isAfter(now))
                .isPresent();
        return online || reloading ? Receipt.MailStatus.HELD : Receipt.MailStatus.OWED;
    }

    /**
     * Owes durably what was decided; what is held waits until {@link #wake} or {@link #notPushed}.
     *
     * @param repeated whether some of it may be owed already: that is not owed again
     * @throws org.wsnotify.notification.StoreUnavailableException not all of it is known to be owed; repeating is safe
     */
    void owe(Publication publication, List<Receipt.Line> lines, Instant now, boolean repeated) {
        if (publication.mail().isEmpty()) {
            return;
        }
        List<Addressee> owed = new ArrayList<>();
        List<Addressee> held = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Receipt.Line line = lines.get(i);
            String email = publication.recipients().get(i).email();
            switch (line.mail()) {
                case OWED -> owed.add(Addressee.waiting(line.userId(), line.id(), email));
                case HELD -> held.add(Addressee.waiting(line.userId(), line.id(), email));
                case NONE, ONLINE, INVALID, MISSING -> {}
            }
        }
        String firstId = lines.get(0).id();
        MailPlan plan = new MailPlan(
                firstId,
                publication.mail().get().mail(),
                now,
                policy.chunk(),
                repeated ? outbox.addresseesOf(firstId) : Map.of());
        List<OutboxEntry<OwedMail>> entries = new ArrayList<>(plan.owe(owed));
        entries.addAll(plan.holdBack(held, now.plus(policy.hold())));
        if (!held.isEmpty() || repeated) {
            presenceConfirmation.expected(firstId);
        }
        if (!entries.isEmpty()) {
            outbox.owe(entries);
        }
    }

    /** The publication with this first id failed. */
    void notPushed(String firstId) {
        presenceConfirmation.notPushed(firstId);
    }

    /** All is pushed: asks those whose mail is held for a sign of life, and has the mail sent when it is due. */
    void wake(List<Receipt.Line> lines) {
        presenceConfirmation.asked(lines.get(0).id());
        boolean held = false;
        boolean owed = false;
        for (Receipt.Line line : lines) {
            owed |= line.mail() == Receipt.MailStatus.OWED;
            if (line.mail() == Receipt.MailStatus.HELD) {
                held = true;
                devices.probe(line.userId());
            }
        }
        if (owed) {
            tell(Duration.ZERO);
        }
        if (held) {
            tell(policy.hold());
        }
    }

    private void tell(Duration delay) {
        try {
            mailOwed.dueIn(delay);
        } catch (RuntimeException e) { // all is done that was promised
            LOG.log(System.Logger.Level.DEBUG, "mail waits until the outbox is looked through: {0}", e.toString());
        }
    }
}
