package org.wsnotify.erasure;

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
import org.wsnotify.notification.StoreUnavailableException;

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
        all.addAll(store.addresses(userId));
        int mailFiles = files.erase(all);
        int scheduled = withdraw(userId, all);
        boolean delivered = awaitDeliveries();
        long notifications = notifications(userId);
        int mails = store.eraseMails(userId);
        mailFiles += files.erase(all); // of mails that were written meanwhile
        devices.endSessions(userId); // not counted: those of before may not have left yet
        if (!delivered) {
            throw new StoreUnavailableException("something that was withdrawn is still being delivered");
        }
        LOG.log(
                System.Logger.Level.INFO,
                "a user was erased: {0} notifications, {1} mails, {2} files of mails",
                notifications,
                mails,
                mailFiles);
        return new Receipt(sessions, notifications, scheduled, mails, mailFiles);
    }

    /** Withdraws what is scheduled, adds its addresses, and returns the number of notifications. */
    private int withdraw(String userId, Set<String> addresses) {
        int withdrawn = 0;
        List<ScheduledPublication> some = schedule.of(userId, Optional.empty(), TEXTS_AT_ONCE);
        while (!some.isEmpty()) {
            for (ScheduledPublication publication : some) {
                for (ScheduledPublication.Place one : publication.recipients()) {
                    String id = NotificationIds.plus(publication.id().first(), one.place());
                    withdrawn += schedule.withdraw(new PublicationId(id, 1));
                    addresses.add(one.recipient().email());
                }
            }
            some = schedule.of(userId, Optional.of(some.get(some.size() - 1).id()), TEXTS_AT_ONCE);
        }
        return withdrawn;
    }

    /**
     * What is being delivered just now is stored although it was withdrawn, and is to be erased with the rest. Waits for
     * that of all users: a repetition no longer finds what is this user's.
     *
     * @return whether all is delivered
     */
    private boolean awaitDeliveries() {
        for (long waited = 0; waited < DELIVERY_MILLIS; waited += PAUSE_MILLIS) {
            if (!schedule.isTakingBack()) {
                return true;
            }
            pause.accept(PAUSE_MILLIS);
        }
        return !schedule.isTakingBack();
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
}
