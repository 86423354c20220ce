package org.wsnotify.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.wsnotify.inbox.Devices;
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
    private final RetentionRules rules;
    private final Devices devices;
    private final Clock clock;
    private final BooleanSupplier responsible;
    private final BooleanSupplier running;
    private final LongConsumer pause;
    private final Map<Types, String> walked = new HashMap<>();

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
        this.rules = rules;
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
        for (Map.Entry<Types, Duration> rule : rules.deleted().rules().entrySet()) {
            removed += repeat(now -> store.removeDeleted(rule.getKey(), before(now, rule), REMOVED_AT_ONCE));
        }
        for (Map.Entry<Types, Duration> rule : rules.seen().rules().entrySet()) {
            removed += repeat(now -> store.removeSeen(rule.getKey(), before(now, rule), REMOVED_AT_ONCE));
        }
        for (Map.Entry<Types, Duration> rule : rules.all().rules().entrySet()) {
            removed += repeat(now -> walk(rule, now));
        }
        if (removed > 0) {
            LOG.log(System.Logger.Level.INFO, "{0} old notifications were removed", removed);
        }
    }

    /** Each notification is examined once for each rule, not again and again. */
    private Swept walk(Map.Entry<Types, Duration> rule, Instant now) {
        RetentionStore.Walked step = store.removeOld(
                rule.getKey(), before(now, rule), Optional.ofNullable(walked.get(rule.getKey())), REMOVED_AT_ONCE);
        step.last().ifPresent(last -> walked.put(rule.getKey(), last));
        return step.swept();
    }

    private static Instant before(Instant now, Map.Entry<Types, Duration> rule) {
        return now.minus(rule.getValue());
    }

    private long repeat(Function<Instant, Swept> step) {
        long count = 0;
        boolean more = true;
        while (more && running.getAsBoolean()) {
            Swept swept = step.apply(clock.instant());
            if (!swept.fromInboxes().isEmpty()) {
                devices.removed(swept.fromInboxes());
            }
            count += swept.count();
            more = swept.more();
            if (more) {
                pause.accept(PAUSE_MILLIS);
            }
        }
        return count;
    }
}
