package org.wsnotify.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
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
    private static final int REMOVED_AT_ONCE = 10;
    private static final long PAUSE_MILLIS = 50;

    /** Nobody waits for a removal, so it takes only a fiftieth of the time of a store that does one thing at a time. */
    private static final int PAUSE_PER_STEP = 50;

    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /** After this long, more is published than is removed, and it goes on as fast as what expires. */
    private static final Duration PATIENCE = Duration.ofHours(12);

    private static final Swept NOTHING = new Swept(List.of(), 0, false);

    private final RetentionStore store;
    private final List<RuleWalk<?>> walks;
    private final Devices devices;
    private final Clock clock;
    private final BooleanSupplier responsible;
    private final BooleanSupplier running;
    private final LongConsumer pause;
    private final LongSupplier nanoTime;

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
        this(store, rules, devices, clock, responsible, running, pause, System::nanoTime);
    }

    Sweeper(
            RetentionStore store,
            RetentionRules rules,
            Devices devices,
            Clock clock,
            BooleanSupplier responsible,
            BooleanSupplier running,
            LongConsumer pause,
            LongSupplier nanoTime) {
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
        this.nanoTime = nanoTime;
    }

    /** Takes everything out of inboxes that has expired. */
    public void expire() {
        repeat(now -> store.expire(now, EXPIRED_AT_ONCE), nanos -> PAUSE_MILLIS);
    }

    /** Removes for good what is kept no longer. */
    public void remove() {
        Instant hurried = clock.instant().plus(PATIENCE);
        long removed = 0;
        for (RuleWalk<?> walk : walks) {
            for (Types types : walk.types()) {
                removed += repeat(
                        now -> responsible.getAsBoolean() ? walk.next(types, now, REMOVED_AT_ONCE) : NOTHING,
                        nanos -> clock.instant().isAfter(hurried) ? PAUSE_MILLIS : quietPause(nanos));
            }
        }
        if (removed > 0) {
            LOG.log(System.Logger.Level.INFO, "{0} old notifications were removed", removed);
        }
    }

    private static long quietPause(long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos * PAUSE_PER_STEP);
        return Math.max(PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, millis));
    }

    /** @param pauseAfter returns the milliseconds to wait after a step that took some nanoseconds */
    private long repeat(Function<Instant, Swept> step, LongUnaryOperator pauseAfter) {
        long count = 0;
        boolean more = true;
        while (more && running.getAsBoolean()) {
            long start = nanoTime.getAsLong();
            Swept swept = told(step);
            long nanos = nanoTime.getAsLong() - start;
            count += swept.count();
            more = swept.more();
            if (more) {
                pause.accept(pauseAfter.applyAsLong(nanos));
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
