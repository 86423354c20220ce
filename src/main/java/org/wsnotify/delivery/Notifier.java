package org.wsnotify.delivery;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.wsnotify.inbox.Devices;
import org.wsnotify.inbox.NotificationStore;
import org.wsnotify.meter.Meters;
import org.wsnotify.notification.NotificationIds;
import org.wsnotify.notification.Recipient;
import org.wsnotify.notification.UncertainRemovalException;
import org.wsnotify.presence.Whereabouts;
import org.wsnotify.retraction.RetractionStore;

/**
 * Delivers publications: stores the notifications, owes the mail, and pushes to the recipients who are online.
 *
 * <p>Notifications and mail are durable before anything is pushed or answered. Several publications share the round
 * trips to the store, and fail or succeed each by itself. A push only queues, and no method waits for a mail server.
 * Safe for use by many threads.
 */
public final class Notifier {

    private static final Logger LOG = System.getLogger(Notifier.class.getName());

    private final NotificationStore store;
    private final RetractionStore retractions;
    private final ScheduleStore schedule;
    private final MailDecision mails;
    private final Devices devices;
    private final StoredPushes storedPushes;
    private final UnfinishedPublications unfinished;
    private final NotificationIds ids;
    private final Clock clock;
    private final Meters meters;

    public Notifier(
            NotificationStore store,
            RetractionStore retractions,
            ScheduleStore schedule,
            MailDecision mails,
            Devices devices,
            StoredPushes storedPushes,
            UnfinishedPublications unfinished,
            NotificationIds ids,
            Clock clock,
            Meters meters) {
        this.store = store;
        this.retractions = retractions;
        this.schedule = schedule;
        this.mails = mails;
        this.devices = devices;
        this.storedPushes = storedPushes;
        this.unfinished = unfinished;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    /** Returns the delivery of a publication under new ids. It is not carried out yet. */
    Delivery delivery(Publication publication) {
        int recipients = publication.recipients().size();
        return new Delivery(publication, recipients == 0 ? "" : reserve(publication), false);
    }

    /** Reserves the ids for a publication, which has recipients, and returns the first. */
    String reserve(Publication publication) {
        int count = publication.recipients().size();
        return publication
                .times()
                .deliverAt()
                .map(at -> ids.reserveAt(at, count))
                .orElseGet(() -> ids.reserve(count));
    }

    /**
     * Delivers a publication whose time has come.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException if something may not be stored; repeating is safe
     */
    void deliverScheduled(ScheduledPublication publication) {
        Delivery delivery = Delivery.of(publication);
        deliver(List.of(delivery));
        delivery.receipt();
    }

    /**
     * Delivers a publication under new ids.
     *
     * @throws org.wsnotify.notification.StoreUnavailableException if something may not be stored; repeating the call
     *     may store notifications twice
     */
    public Receipt publish(Publication publication) {
        Delivery delivery = delivery(publication);
        deliver(List.of(delivery));
        return delivery.receipt();
    }

    /**
     * Carries deliveries out together, in their order. Each one knows its result afterwards. One that failed may be
     * stored in part: repeating it under the same ids is safe.
     */
    void deliver(List<Delivery> deliveries) {
        List<Delivery> wanted = deliveries.stream()
                .filter(delivery -> !delivery.publication().recipients().isEmpty())
                .toList();
        schedule(wanted.stream().filter(one -> one.deliverAt().isPresent()).toList());
        List<Delivery> all =
                wanted.stream().filter(one -> one.deliverAt().isEmpty()).toList();
        if (all.isEmpty()) {
            return;
        }
        Instant now = now();
        all.forEach(delivery -> delivery.begin(now));
        Instant before = clock.instant();
        together(all, some -> store.store(joined(some, Delivery::notifications)));
        Instant stored = now(); // the store may have taken long
        together(grouped(all), some -> some.forEach(one -> replace(one, stored)));
        together(all, some -> decide(some, stored));
        together(all, this::owe);
        // What is repeated is read from the store first, so it does not hold up the others.
        pushEach(all, delivery -> !delivery.repeated(), before);
        pushEach(all, Delivery::repeated, before);
        count(successful(all));
    }

    /** Keeps those for later. */
    private void schedule(List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        JointStep.run(
                deliveries,
                some -> schedule.add(some.stream().map(Delivery::scheduled).toList()),
                Delivery::failed);
        successful(deliveries).forEach(delivery -> {
            delivery.keptForLater();
            LOG.log(
                    Level.INFO,
                    "scheduled for {0} recipients",
                    delivery.publication().recipients().size());
        });
    }

    private void pushEach(List<Delivery> deliveries, Predicate<Delivery> which, Instant before) {
        List<Delivery> some = successful(deliveries).stream().filter(which).toList();
        JointStep.oneByOne(some, one -> push(one.get(0), before), this::failed);
    }

    /** Does a step for those that have not failed. */
    private void together(List<Delivery> deliveries, Consumer<List<Delivery>> step) {
        JointStep.run(successful(deliveries), step, this::failed);
    }

    private void decide(List<Delivery> deliveries, Instant stored) {
        Whereabouts where = devices.whereabouts(joined(deliveries, Notifier::userIds));
        for (Delivery delivery : deliveries) {
            delivery.found(where);
            delivery.decided(mails.decide(delivery.publication(), delivery.notifications(), where, stored));
            delivery.planned(mails.plan(delivery, stored));
        }
    }

    private void owe(List<Delivery> deliveries) {
        mails.owe(joined(deliveries, Delivery::entries));
    }

    private static List<Delivery> grouped(List<Delivery> deliveries) {
        return deliveries.stream()
                .filter(one -> !one.publication().message().group().isEmpty())
                .toList();
    }

    /** Where two publications of a group come at the same time, the one with the larger ids stays. */
    private void replace(Delivery delivery, Instant stored) {
        String group = delivery.publication().message().group();
        try {
            delivery.replaced(retractions.replace(userIds(delivery), group, stored));
        } catch (UncertainRemovalException e) {
            delivery.replaced(e.notifications());
            throw e;
        }
    }

    private void push(Delivery delivery, Instant before) {
        if (!delivery.replaced().isEmpty()) {
            devices.removed(delivery.replaced());
        }
        Set<String> held = delivery.held();
        if (delivery.repeated()) {
            storedPushes.pushUnseen(delivery.firstId(), delivery.keys(), held::contains);
        } else {
            devices.published(delivery.firstId(), delivery.remaining(), before, delivery.where(), held::contains);
        }
        mails.wake(delivery.firstId(), delivery.lines());
    }

    private void failed(Delivery delivery, Throwable why) {
        delivery.failed(why);
        if (!delivery.replaced().isEmpty()) {
            devices.removed(delivery.replaced());
        }
        mails.notPushed(delivery.firstId());
        unfinished.add(delivery.firstId(), delivery.keys(), mails.mayHold(delivery.publication()));
    }

    /** Counts what was delivered, and logs it. Recipients and content are personal data and stay out of the log. */
    private void count(List<Delivery> delivered) {
        if (delivered.isEmpty()) {
            return;
        }
        int stored = 0;
        long online = 0;
        long owed = 0;
        long held = 0;
        for (Delivery delivery : delivered) {
            Receipt receipt = delivery.receipt();
            stored += receipt.lines().size();
            online += receipt.online();
            owed += receipt.count(Receipt.MailStatus.OWED);
            held += receipt.count(Receipt.MailStatus.HELD);
        }
        meters.stored(stored);
        LOG.log(
                Level.INFO,
                (delivered.size() == 1 ? "published to " : delivered.size() + " publications to ") + stored
                        + " recipients, " + online + " of them online; mail owed to " + owed + ", held for " + held);
    }

    private static List<Delivery> successful(List<Delivery> deliveries) {
        return deliveries.stream().filter(delivery -> !delivery.hasFailed()).toList();
    }

    private static List<String> userIds(Delivery delivery) {
        return delivery.publication().recipients().stream()
                .map(Recipient::userId)
                .toList();
    }

    private static <T> List<T> joined(List<Delivery> deliveries, Function<Delivery, List<T>> part) {
        if (deliveries.size() == 1) {
            return part.apply(deliveries.get(0));
        }
        List<T> all = new ArrayList<>();
        deliveries.forEach(delivery -> all.addAll(part.apply(delivery)));
        return all;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
