package org.wsnotify.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import org.wsnotify.presence.Presence;
import org.wsnotify.presence.StoreClock;

/**
 * Reports users with held mail who give a sign of life on this server, so that whichever server sends the mail knows.
 *
 * <p>{@link #watch} after each push, and {@link #report} several times a second. Publications are watched a little
 * longer than their mail is held. A report that fails is repeated until other servers do not wait for it any more. At
 * most 50,000 users are watched or waiting to be reported; above that, the oldest are dropped. A server that is alone
 * reports nothing: it sends the mail itself.
 *
 * <p>Safe for use by many threads. Only {@link #report} blocks, on the store.
 */
public final class PresenceReporter {
    private static final Logger LOG = System.getLogger(PresenceReporter.class.getName());

    /** How much longer than the hold a publication is watched. */
    static final Duration LONGER = Duration.ofSeconds(5);

    /** How much longer than the hold a report is repeated: as long as a mail waits for it. */
    static final Duration REPEATED = PresenceConfirmation.PATIENCE;

    static final int MOST_USERS = 50_000;

    private final MailOutbox outbox;
    private final BiPredicate<String, Instant> heardSince;
    private final Duration watched;
    private final Duration repeated;
    private final Clock own;
    private final StoreClock storeClock;
    private final Presence others;
    private final LongSupplier nanoTime;
    private final Deque<WatchedPush> pushes = new ArrayDeque<>();
    private int users;

    /**
     * Users who were told of a publication.
     *
     * @param silent have not been heard from since
     * @param heard have been, and are not reported yet
     */
    private record WatchedPush(String publication, Instant since, long nanos, Set<String> silent, Set<String> heard) {
        int size() {
            return silent.size() + heard.size();
        }
    }

    /**
     * @param heardSince whether a user gave a sign of life on this server after an instant of its own clock
     * @param hold how long mail waits for a sign of life
     * @param own the clock of this server, by which signs of life are noted
     */
    public PresenceReporter(
            MailOutbox outbox,
            BiPredicate<String, Instant> heardSince,
            Duration hold,
            Clock own,
            StoreClock storeClock,
            Presence others) {
        this(outbox, heardSince, hold, own, storeClock, others, System::nanoTime);
    }

    PresenceReporter(
            MailOutbox outbox,
            BiPredicate<String, Instant> heardSince,
            Duration hold,
            Clock own,
            StoreClock storeClock,
            Presence others,
            LongSupplier nanoTime) {
        this.outbox = Objects.requireNonNull(outbox, "outbox");
        this.heardSince = Objects.requireNonNull(heardSince, "heardSince");
        this.watched = hold.plus(LONGER);
        this.repeated = hold.plus(REPEATED);
        this.own = Objects.requireNonNull(own, "own");
        this.storeClock = Objects.requireNonNull(storeClock, "storeClock");
        this.others = Objects.requireNonNull(others, "others");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /**
     * Watches users whose mail is held. Called after the push, before they are asked for a sign of life: what they give
     * from now on counts.
     */
    public void watch(String publication, Collection<String> held) {
        if (held.isEmpty() || others.isAlone()) {
            return;
        }
        WatchedPush push = new WatchedPush(
                publication, own.instant(), nanoTime.getAsLong(), new LinkedHashSet<>(held), new HashSet<>());
        synchronized (this) {
            pushes.add(push);
            users += push.size();
            while (users > MOST_USERS) {
                dropOldest();
            }
        }
    }

    /**
     * Writes who gave a sign of life since the last call. Throws nothing that the store throws: while it is down, this
     * is kept for some time and written by a later call.
     */
    public void report() {
        Map<String, Set<String>> batch = collect();
        if (batch.isEmpty()) {
            return;
        }
        try {
            outbox.present(batch, storeClock.instant().truncatedTo(ChronoUnit.MILLIS));
            written(batch);
        } catch (RuntimeException | Error e) {
            dropLate();
            LOG.log(
                    Level.DEBUG,
                    "users who are present were not reported: {0}",
                    e.getClass().getName());
        }
    }

    private synchronized Map<String, Set<String>> collect() {
        Map<String, Set<String>> batch = new HashMap<>();
        for (WatchedPush push : pushes) {
            push.silent().removeIf(user -> hears(push, user));
            if (isOlder(push, watched)) {
                users -= push.silent().size();
                push.silent().clear();
            }
            if (!push.heard().isEmpty()) {
                batch.computeIfAbsent(push.publication(), any -> new HashSet<>())
                        .addAll(push.heard());
            }
        }
        removeEmpty();
        return batch;
    }

    private boolean hears(WatchedPush push, String user) {
        return heardSince.test(user, push.since()) && push.heard().add(user);
    }

    private synchronized void written(Map<String, Set<String>> batch) {
        for (WatchedPush push : pushes) {
            users -= push.heard().size();
            push.heard().removeAll(batch.getOrDefault(push.publication(), Set.of()));
            users += push.heard().size();
        }
        removeEmpty();
    }

    private synchronized void dropLate() {
        for (WatchedPush push : pushes) {
            if (isOlder(push, repeated)) {
                users -= push.heard().size();
                push.heard().clear();
            }
        }
        removeEmpty();
    }

    private void dropOldest() {
        users -= pushes.remove().size();
    }

    private void removeEmpty() {
        pushes.removeIf(push -> push.size() == 0);
    }

    private boolean isOlder(WatchedPush push, Duration age) {
        return nanoTime.getAsLong() - push.nanos() > age.toNanos();
    }
}
