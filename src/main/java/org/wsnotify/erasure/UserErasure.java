package org.wsnotify.erasure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.wsnotify.delivery.ScheduleStore;
import org.wsnotify.delivery.ScheduledPublication;
import org.wsnotify.inbox.Devices;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.PublicationId;
import org.wsnotify.outbox.Addressee;
import org.wsnotify.outbox.OutboxEntry;
import org.wsnotify.outbox.OwedMail;

/**
 * Forgets a user: sessions, notifications, mails and the files of mails.
 *
 * <p>If a step fails, those before it are done, and repeating the call does the rest. Safe for use by many threads;
 * blocks on the store.
 */
public final class UserErasure {

    private static final System.Logger LOG = System.getLogger(UserErasure.class.getName());
    private static final int AT_ONCE = 500;

    /** Longer than a delivery takes. */
    private static final long DELIVERY_MILLIS = 5_000;

    private static final long PAUSE_MILLIS = 100;

    /** Mails and scheduled publications are read with their texts. */
    private static final int TEXTS_AT_ONCE = 50;

    private final UserDataStore store;
    private final ScheduleStore schedule;
    private final Devices devices;
    private final MailFiles files;
    private final Runnable compaction;
    private final LongConsumer pause;

    /**
     * @param compaction has the space of what was erased overwritten soon; returns at once
     * @param pause waits for some milliseconds
     */
    public UserErasure(
            UserDataStore store,
            ScheduleStore schedule,
            Devices devices,
            MailFiles files,
            Runnable compaction,
            LongConsumer pause) {
        this.store = store;
        this.schedule = schedule;
        this.devices = devices;
        this.files = files;
        this.compaction = compaction;
        this.pause = pause;
    }

    /**
     * How much was erased.
     *
     * @param sessions those on this server at the beginning; others end as soon as their server is told
     * @param scheduled notifications that were not delivered yet
     * @param mailFiles files that named an address of the user
     */
    public record Receipt(int sessions, long notifications, int scheduled, int mails, int mailFiles) {}

    /**
     * Forgets a user.
     *
     * @param addresses e-mail addresses of the user that only files of mails may still have; others are found
     * @throws org.wsnotify.notification.StoreUnavailableException something may be left; repeating is safe
     */
    public Receipt erase(String userId, Collection<String> addresses) {
        try {
            return erased(userId, addresses);
        } finally { // also what was erased before a step failed
            compaction.run();
        }
    }

    /**
     * Files and sessions come twice: a mail may be on its way into a file, and a client may come back, until nothing is
     * left.
     */
    private Receipt erased(String userId, Collection<String> addresses) {
        int sessions = devices.endSessions(userId);
        Set<String> all = new HashSet<>(addresses);
        all.addAll(addressesOf(userId));
        int mailFiles = files.erase(all);
        List<String> scheduled = withdraw(userId, all);
        awaitDelivery(scheduled);
        long notifications = notifications(userId);
        int mails = store.eraseMails(userId);
        mailFiles += files.erase(all); // of mails that were written meanwhile
        devices.endSessions(userId); // not counted: those of before may not have left yet
        LOG.log(
                System.Logger.Level.INFO,
                "a user was erased: {0} notifications, {1} mails, {2} files of mails",
                notifications,
                mails,
                mailFiles);
        return new Receipt(sessions, notifications, scheduled.size(), mails, mailFiles);
    }

    /** Withdraws what is scheduled, adds its addresses, and returns its notifications. */
    private List<String> withdraw(String userId, Set<String> addresses) {
        List<String> withdrawn = new ArrayList<>();
        List<ScheduledPublication> some = schedule.of(userId, Optional.empty(), TEXTS_AT_ONCE);
        while (!some.isEmpty()) {
            for (ScheduledPublication publication : some) {
                for (ScheduledPublication.Place one : publication.recipients()) {
                    String id = NotificationIds.plus(publication.id().first(), one.place());
                    if (schedule.withdraw(new PublicationId(id, 1)) > 0) {
                        withdrawn.add(id);
                    }
                    addresses.add(one.recipient().email());
                }
            }
            some = schedule.of(userId, Optional.of(some.get(some.size() - 1).id()), TEXTS_AT_ONCE);
        }
        return withdrawn;
    }

    /** What is being delivered just now is stored although it was withdrawn, and is to be erased with the rest. */
    private void awaitDelivery(List<String> withdrawn) {
        List<String> left = withdrawn;
        for (long waited = 0; !left.isEmpty() && waited < DELIVERY_MILLIS; waited += PAUSE_MILLIS) {
            left = left.stream().filter(schedule::isBeingDelivered).toList();
            if (!left.isEmpty()) {
                pause.accept(PAUSE_MILLIS);
            }
        }
    }

    private long notifications(String userId) {
        long erased = 0;
        int some;
        do {
            some = store.eraseNotifications(userId, AT_ONCE);
            erased += some;
        } while (some == AT_ONCE);
        return erased;
    }

    private Set<String> addressesOf(String userId) {
        Set<String> addresses = new HashSet<>();
        Optional<String> after = Optional.empty();
        List<OutboxEntry<OwedMail>> some;
        do {
            some = store.mails(userId, after, TEXTS_AT_ONCE);
            for (OutboxEntry<OwedMail> entry : some) {
                entry.owed().addressees().stream()
                        .filter(one -> one.userId().equals(userId))
                        .map(Addressee::email)
                        .forEach(addresses::add);
                after = Optional.of(entry.id());
            }
        } while (some.size() == TEXTS_AT_ONCE);
        return addresses;
    }
}
