package org.wsnotify.retention;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.wsnotify.inbox.Devices;
import org.wsnotify.notification.NotificationKey;
import org.wsnotify.notification.UncertainRemovalException;
import org.wsnotify.retention.RetentionStore.Swept;

/**
 * Applies the rules of retention, in small steps with pauses between them. What leaves an inbox by that is told to the
 * devices of its user.
 *
 * <p>{@link #expire} may run on every server, {@link #remove} runs on one. For one thread at a time; blocks on the store.
 */
public final class Sweeper {

    private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
    private static final int EXPIRED_AT_ONCE = 50;
    private static final int REMOVED_AT_ONCE = 50;
    private static final long PAUSE_MILLIS = 50;

    private final RetentionStore store;
    private final List<RuleWalk<?>> walks;
    private final Devices devices;
    private final Clock clock;
    private final BooleanSupplier responsible;
    private final BooleanSupplier running;
    private final LongConsumer pause;

    /**
     * @param clock the store's
     * @param responsible whether this server is the one that removes what is old
     * @param running whether there may be another step; false when the server stops
     * @param pause waits for some milliseconds
     */
    public Sweeper(
            RetentionStore store,
            RetentionRules rules,
            Devices devices,
            Clock clock,
            BooleanSupplier responsible,
            BooleanSupplier running,
            LongConsumer pause) {
        this.store = store;
        this.walks = List.of(
                RuleWalk.byAge(rules.deleted(), store::removeDeleted),
                RuleWalk.byAge(rules.seen(), store::removeSeen),
                RuleWalk.byId(rules.all(), store::removeOld));
        this.devices = devices;
        this.clock = clock;
        this.responsible = responsible;
        this.running = running;
        this.pause = pause;
    }

    /** Takes everything out of inboxes that has expired. */
    public void expire() {
        repeat(now -> store.expire(now, EXPIRED_AT_ONCE));
    }

    /** Removes for good what is kept no longer. */
    public void remove() {
        if (!responsible.getAsBoolean()) {
            return;
        }
        long removed = 0;
        for (RuleWalk<?> walk : walks) {
            for (Types types : walk.types()) {
                removed += repeat(now -> walk.next(types, now, REMOVED_AT_ONCE));
            }
        }
        if (removed > 0) {
            LOG.log(System.Logger.Level.INFO, "{0} old notifications were removed", removed);
        }
    }

    private long repeat(Function<Instant, Swept> step) {
        long count = 0;
        boolean more = true;
        while (more && running.getAsBoolean()) {
            Swept swept = told(step);
            count += swept.count();
            more = swept.more();
            if (more) {
                pause.accept(PAUSE_MILLIS);
            }
        }
        return count;
    }

    /** Where nobody knows whether it was done, devices are told: nothing of it is to be shown any more. */
    private Swept told(Function<Instant, Swept> step) {
        try {
            Swept swept = step.apply(clock.instant());
            tell(swept.fromInboxes());
            return swept;
        } catch (UncertainRemovalException e) {
            tell(e.notifications());
            throw e;
        }
    }

    private void tell(List<NotificationKey> notifications) {
        if (!notifications.isEmpty()) {
            devices.removed(notifications);
        }
    }
}
